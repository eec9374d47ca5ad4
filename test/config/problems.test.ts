import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BadInput, didYouMean, plainWords, problemsOf, renderPath } from '../../config/problems.ts';

describe('a suggestion', () => {
  // biome-ignore format: one line a case.
  const cases: readonly [written: string, known: string[], meant: string | null][] = [
    ['cycel',      ['fleet', 'cycle'],          'cycle'],
    ['CYCLE',      ['fleet', 'cycle'],          'cycle'],
    ['limit_days', ['limitDays', 'windows'],    'limitDays'],
    ['form',       ['from', 'to'],              null],
    ['frm',        ['from', 'to'],              'from'],
    ['a',          ['at', 'for'],               'at'],
    ['wombat',     ['fleet', 'cycle'],          null],
    ['dns',        ['dhcp', 'dns'],             'dns'],
    ['x',          [],                          null],
  ];

  test.each(cases)('for %s among %j is %s', (written, known, meant) => {
    expect(didYouMean(written, known)).toBe(meant === null ? '' : `; did you mean ${meant}?`);
  });
});

describe('an issue', () => {
  // biome-ignore format: one line a case.
  const cases: readonly [schema: z.ZodType, input: unknown, text: string][] = [
    [z.boolean(),                'yes',     'must be true or false, without quotes'],
    [z.string(),                 ['a'],     'must be text, not a list'],
    [z.string(),                 { a: 1 },  'must be text, not a section with keys'],
    [z.string(),                 undefined, 'is missing; fill it in or remove it'],
    [z.string().min(3),          'ab',      'must be at least 3 characters long'],
    [z.string().max(3),          'abcd',    'must be at most 3 characters long'],
    [z.array(z.string()).min(2), ['a'],     'needs at least 2 entries'],
    [z.array(z.string()).max(1), ['a', ''], 'needs at most 1 entry'],
    [z.enum(['one', 'two']),     undefined, 'is missing; add one of: one, two'],
    [z.enum(['one', 'two']),     7,         'must be one of: one, two'],
    [z.number(),                 null,      'has no value; fill it in or remove it'],
    [z.number(),                 true,      'must be a number, not true or false'],
    [z.number(),                 '',        'must be a number, not text'],
    [z.int(),                    '7',       'must be a number, not text: remove the quotes'],
    [z.record(z.string(), z.any()), 'text', 'must be a section with keys, not text'],
    [z.email(),                  'text',    'is not valid; compare with the reference'],
  ];

  test.each(cases)('is described in plain words (%#)', (schema, input, text) => {
    const result = schema.safeParse(input, { error: plainWords });

    expect(problemsOf(result.error?.issues ?? []).map((problem) => problem.text)).toEqual([text]);
  });
});

describe('a key of a file', () => {
  // biome-ignore format: one line a case.
  const cases: readonly [what: string, key: string, shown: string][] = [
    ['an escape character',       '\u001b',        String.raw`["\u001b"]`],
    ['a zero-width space',        'cycle\u200b',   String.raw`["cycle\u{200b}"]`],
    ['a noncharacter',            '\u{1ffff}',     String.raw`["\u{1ffff}"]`],
    ['half a surrogate pair',     '\ud800',        String.raw`["\ud800"]`],
    ['a delete character',        '\u007f',        String.raw`["\u{7f}"]`],
    ['a name with a dot',         'a.b',           '["a.b"]'],
    ['nothing',                   '',              '[""]'],
    ['an ordinary name',          'zyklus-länge',  'zyklus-länge'],
  ];

  test.each(cases)('%s is shown so that it can be read', (_what, key, shown) => {
    expect(renderPath([key])).toBe(shown);
    expect(new BadInput([renderPath([key])]).message).toBe(shown);
  });
});
