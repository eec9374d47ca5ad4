import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, replaceUnprintable } from '../../functions/domain/printable.ts';
import { hostileText, unsafeSigns } from '../hostile/texts.ts';

// biome-ignore format: one line a text.
const unprintable = [
  ['a control character',         '\u0000', '\u0008', '\r', '\u001f', '\u007f'],
  ['a control character of C1',   '\u0085', '\u008d', '\u009f'],
  ['a lone surrogate',            '\ud83d', '\udc00'],
  ['a noncharacter',              '\ufdd0', '\ufffe', '\uffff', '\u{1ffff}'],
  ['a separator',                 '\u2028', '\u2029'],
  ['a control of the direction',  '\u061c', '\u200e', '\u202e', '\u2066', '\u2069'],
  ['an invisible character',      '\u200b', '\ufeff'],
] as const;

describe('an unprintable character', () => {
  test.each(unprintable)('such as %s is taken out, or replaced', (_kind, ...characters) => {
    for (const character of characters) {
      expect(printable(`a${character}b`)).toBe('ab');
      expect(replaceUnprintable(`a${character}b`, '\ufffd')).toBe('a\ufffdb');
    }
  });

  test.each([
    ['letters of any script', 'Grüße, Καλημέρα, 日本, ক্ষ, می\u200cخواهم'],
    ['emoji of several characters', '👩\u200d🚒 ❤\ufe0f 🇩🇪'],
    ['combining marks', 'e\u0301'],
    ['spaces', 'a b\u00a0c'],
    ['lines', 'one\ntwo'],
  ])('%s are none', (_what, text) => {
    expect(printable(text)).toBe(text);
    expect(replaceUnprintable(text, '\ufffd')).toBe(text);
  });
});

test('a tab is shown as a space, and kept where only unprintable characters are replaced', () => {
  expect(printable('a\tb')).toBe('a b');
  expect(replaceUnprintable('a\tb', '\ufffd')).toBe('a\tb');
});

test('text of others is safe to show, and safe already when it is shown again', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = printable(text);
      expect(shown.replaceAll('\n', '')).not.toMatch(unsafeSigns);
      expect(shown.isWellFormed()).toBe(true);
      expect(printable(shown)).toBe(shown);
    }),
    { numRuns: 200 },
  );
});
