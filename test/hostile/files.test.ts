import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse as parseYaml, stringify } from 'yaml';
import type { z } from 'zod';
import { readFleetFile, readYaml } from '../../config/fleet-file.ts';
import { BadInput } from '../../config/problems.ts';
import { fleetSchema } from '../../functions/domain/fleet.ts';
import { scenarioSchema } from '../../sandbox/scenario/scenario.ts';
import { withFiles } from '../config/files.ts';
import { goodFleet } from '../config/fleet-text.ts';
import { hostileText, unsafeSigns } from './texts.ts';
import { anyJson, placesIn, replaced, withOnePlaceSpoilt } from './values.ts';

const goodScenario = `fleet: fleet.yaml
seed: 7
start: { reason: manual, proxies: [north], imageId: ami-0123456789abcdef0, dryRun: false }
durations: { bake: 25m, proxies: { north: { sync: 1h30m } } }
faults:
  - { fault: api-fails, service: ec2, at: { phase: sync, after: 5m }, for: 1h, times: 3 }
  - { fault: instance-dies, proxy: north, at: 10m, target: replacement }
`;

const readScenarioFile = (path: string) => readYaml(path, scenarioSchema).value;

// biome-ignore format: one line a file.
const files: readonly (readonly [what: string, valid: string, read: (path: string) => unknown, schema: z.ZodType])[] = [
  ['a fleet file', goodFleet, readFleetFile, fleetSchema],
  ['a scenario file', goodScenario, readScenarioFile, scenarioSchema],
];

/** Reads a text as a file: what it says, or the lines that say what is wrong with it. */
const outcomeOf = (text: string, read: (path: string) => unknown) =>
  withFiles({ 'given.yaml': text }, (pathOf) => {
    try {
      return { value: read(pathOf('given.yaml')) };
    } catch (error) {
      expect(error).toBeInstanceOf(BadInput);
      return { problems: (error as BadInput).problems };
    }
  });

/** Either a value that holds all that the schema promises, or lines that a person can act on. */
const expectSound = (text: string, read: (path: string) => unknown): void => {
  const { value, problems } = outcomeOf(text, read);
  if (problems === undefined) {
    expect(value).toEqual(expect.any(Object));
    return;
  }
  expect(problems.length).toBeGreaterThan(0);
  for (const line of problems) {
    expect(line).toMatch(/^\S*given\.yaml:\d+: \S/);
    expect(line).not.toMatch(unsafeSigns);
  }
};

/** Signs of YAML, put together without sense. */
const yamlLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'a: ',
          '- ',
          '\n',
          '\n  ',
          '\n    ',
          '&a ',
          '*a',
          '<<: ',
          '? ',
          ': ',
          '{',
          '}',
          '[',
          ']',
        ],
        ...[
          '"',
          "'",
          '|\n',
          '>-\n',
          '!!str ',
          '!!binary ',
          '!<tag:x> ',
          '---\n',
          '...\n',
          '# ',
          '%YAML 1.1\n',
        ],
        ...[
          'fleet: ',
          'proxies:\n',
          'faults:\n',
          '0x1F',
          '1e999',
          '.nan',
          '-.inf',
          '~',
          '1_000',
          '012',
          '"\\e"',
        ],
      ),
      hostileText,
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

describe.each(files)('%s', (_what, valid, read, schema) => {
  test('that is valid is read', () => {
    expect(schema.safeParse(parseYaml(valid)).success).toBe(true);
    expect(outcomeOf(valid, read)).not.toHaveProperty('problems');
  });

  test('of any text is read, or refused line by line', () => {
    fc.assert(
      fc.property(fc.oneof(yamlLike, hostileText), (text) => expectSound(text, read)),
      { numRuns: 150 },
    );
  });

  test('of any value is read, or refused line by line', () => {
    fc.assert(
      fc.property(anyJson, (value) => expectSound(JSON.stringify(value), read)),
      { numRuns: 100 },
    );
  });

  test('with anything in one place is read as its schema has it, or refused', () => {
    fc.assert(
      fc.property(withOnePlaceSpoilt(parseYaml(valid)), fc.boolean(), (value, asJson) =>
        expectSound(asJson ? JSON.stringify(value ?? null) : stringify(value ?? null), read),
      ),
      { numRuns: 120 },
    );
  });

  test('with a length that is no number in any place is refused', () => {
    const parsed = parseYaml(valid);

    for (const place of placesIn(parsed))
      expectSound(JSON.stringify(replaced(parsed, place, { length: { toString: 1 } })), read);
  });

  test.each([300, 900, 1800])('nested %i times is refused', (depth) => {
    const list = `${'['.repeat(depth)}${']'.repeat(depth)}`;

    for (const text of [
      list,
      `fleet: ${list}`,
      `proxies: [{ name: ${list} }]`,
      `x: &a ${list}\ny: *a`,
    ])
      expectSound(text, read);
  });

  const bomb = Array.from({ length: 9 }, (_, level) =>
    level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`,
  ).join('\n');
  const prototype = '"__proto__": { polluted: yes }\nconstructor: 1\n';

  // biome-ignore format: one line a case.
  test.each<[string, string, RegExp]>([
    ['that unfolds without end', bomb, /^1: repeats too much with \* and &: write the values out$/],
    ['with thousands of aliases', `a: &a x\nb: [${'*a,'.repeat(20_000)}]`, /^1: repeats too much/],
    ['with an alias before its anchor', 'b: *a\na: &a x', /^1: refers with \* to an anchor/],
    ['that holds itself', '&a { fleet: *a, seed: *a, proxies: [*a], faults: [*a] }', /^1: fleet: must be text, not a section/m],
    ['nested without end', `fleet: ${'['.repeat(20_000)}`, /^1: is nested too deeply/],
    ['nested deeply', `fleet: ${'['.repeat(100)}${']'.repeat(100)}`, /^1: fleet: must be text, not a list$/m],
    ['indented without end', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), /is (nested too deeply|not valid YAML|not known here)/],
    ['with a key for escape signs', `"a\\e[31m\\nb\\u202e": 1\n${valid}`, /^1: \["a\\u001b\[31m\\nb\\u\{202e\}"\]: is not a known key/],
    ['with a list for a key', `? [a, b]\n: 1\n${valid}`, /^1: \["\[ a, b \]"\]: is not a known key/],
    ['with keys of every object', `${prototype}${valid}`, /^2: constructor: is not a known key/m],
    ['with a number beyond numbers', 'seed: 1e999\nfleet: .inf', /: must be (text, not a number|a finite number)/],
    ['of an older YAML', '%YAML 1.1\n---\nfleet: !!set {a}\nseed: 2020-01-01', /fleet: must be text, not a section/],
    ['of binary signs', '\u0000\u0001\ufffe', /^1: /],
  ])('%s is refused in time', (_case, text, lines) => {
    const before = performance.now();
    const { problems = [] } = outcomeOf(text, read);

    expect(problems.map((line) => line.replace(/^\S*given\.yaml:/, '')).join('\n')).toMatch(lines);
    expect(problems.every((line) => /given\.yaml:\d+: /.test(line))).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('a fleet file', () => {
  const { katello, proxies, ...rest } = parseYaml(goodFleet);
  const problemsWith = (changes: object): readonly string[] =>
    outcomeOf(JSON.stringify({ ...rest, katello, proxies, ...changes }), readFleetFile).problems ??
    [];

  test.each([
    'https:\\\\svc:hunter2@katello.example.com',
    'https:svc:hunter2@katello.example.com',
    'https://:hunter2@katello.example.com',
    'https:/svc@katello.example.com',
  ])('holds no password, however it is written: %s', (url) => {
    const [problem] = problemsWith({ katello: { ...katello, url } });

    expect(problem).toContain('katello.url: must not contain a user or a password');
    expect(problem).not.toContain('hunter2');
  });

  test.each(['*', 'berlin/?.tar', '${aws:username}', 'a", "region": "evil', 'a\nb', ''])(
    'has no pattern and no quote for the key of an object: %j',
    (key) => {
      const [first, ...others] = proxies;

      expect(problemsWith({ proxies: [{ ...first, certs: { key } }, ...others] })[0]).toContain(
        'proxies[0].certs.key: must be the key of an object',
      );
    },
  );
});

test.each(['99999999999999999999d', '1e9s', `${'9'.repeat(400)}m`, '-5m', '٣m', '1d 2h'])(
  'a scenario lasts no %s',
  (boot) => {
    const text = JSON.stringify({ durations: { boot } });

    expect(outcomeOf(text, readScenarioFile).problems?.join()).toMatch(
      /durations\.boot: must be a duration, such as/,
    );
  },
);
