import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cellWidth, padEnd, padStart, shorten, wrap } from '../../terminal/columns.ts';

describe('columns of a terminal', () => {
  test.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['🎉', 2],
    ['👩‍🚀', 2],
    ['→ …', 3],
  ])('%s takes %i cells', (text, cells) => {
    expect(cellWidth(text)).toBe(cells);
  });

  test('pads by cells, not by characters', () => {
    expect(padEnd('日', 4)).toBe('日  ');
    expect(padStart('日', 4)).toBe('  日');
  });

  test('shortens in the middle to the width', () => {
    expect(shorten('berlin', 6)).toBe('berlin');
    expect(shorten('berlin.example.com', 9)).toBe('berl….com');
    expect(cellWidth(shorten('日本日本日本', 6))).toBeLessThanOrEqual(6);
  });

  test('wraps any text within the width, without loss', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '日', '🎉', '\n'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 30 }), (text, width) => {
        const lines = wrap(text, width);
        expect(Math.max(...lines.map(cellWidth))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
