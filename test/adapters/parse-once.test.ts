import { describe, expect, test } from '@jest/globals';
import { parseOnce } from '../../functions/adapters/parse-once.ts';

describe('parsing once', () => {
  const counting = (textsMax: number) => {
    const parsed: string[] = [];
    const once = parseOnce<number>(textsMax);
    const length = (text: string) =>
      once(text, () => {
        parsed.push(text);
        if (text === 'bad') throw new Error('cannot be parsed');
        return text.length;
      });
    return { parsed, length };
  };

  test('parses texts that take turns once each', () => {
    const { parsed, length } = counting(2);
    expect(['one', 'three', 'one', 'three'].map(length)).toEqual([3, 5, 3, 5]);
    expect(parsed).toEqual(['one', 'three']);
  });

  test('forgets the text that was not asked for longest', () => {
    const { parsed, length } = counting(2);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) length(text);
    expect(parsed).toEqual(['a', 'b', 'c', 'b']);
  });

  test('keeps no error', () => {
    const { parsed, length } = counting(2);
    expect(() => length('bad')).toThrow('cannot be parsed');
    expect(() => length('bad')).toThrow('cannot be parsed');
    expect(parsed).toEqual(['bad', 'bad']);
  });
});
