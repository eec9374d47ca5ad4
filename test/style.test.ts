import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isFailureName } from '../functions/domain/failures.ts';

/** The few rules of this house that a reader cannot be expected to check. */
const sources = (folder: string, ending = '.ts'): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .map((file) => join(folder, file));
const textOf = (file: string): string => readFileSync(file, 'utf8');
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');

const importsOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/(?:from|import\(?)\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? join(dirname(file), name) : name,
  );
const functions = sources('functions');
const programs = [
  ...functions,
  ...['infra', 'cli', 'sandbox'].flatMap((folder) => sources(folder)),
];

describe('a folder imports only what stands below it', () => {
  const own = (...folders: readonly string[]) => folders.map((folder) => `functions/${folder}/`);
  test.each<[string, readonly string[]]>([
    ['functions/domain/', [...own('domain'), 'zod', 'node:crypto']],
    ['functions/ports/', own('domain', 'ports')],
    ['functions/operations/', own('domain', 'ports', 'operations')],
    ['functions/steps/', [...own('domain', 'ports', 'operations', 'steps'), 'zod']],
    ['functions/adapters/', [...own('domain', 'ports', 'adapters'), '@', 'node:', 'undici', 'zod']],
    ['functions/', ['functions/', '@', 'node:', 'undici', 'zod']],
  ])('%s', (folder, allowed) => {
    const offences = functions
      .filter((file) => file.startsWith(folder))
      .flatMap((file) => importsOf(file).map((name) => [file, name] as const))
      .filter(([, name]) => !allowed.some((start) => name.startsWith(start)))
      .map(
        ([file, name]) => `${file} imports ${name}: move it, or pass what it needs through a port`,
      );

    expect(offences).toEqual([]);
  });
});

test('time, chance, and the environment come in at their one home each', () => {
  const ambient =
    /Date\.now|new Date\(\)|\bDate\(\)|Math\.random|randomUUID|randomBytes|getRandomValues|process\.env|setTimeout|setInterval|performance\.now|hrtime/;
  const homes: readonly string[] = [
    'functions/adapters/system/clock.ts', // the time
    'functions/lambda/entry.ts', // the environment
    'functions/lambda/log-outcome.ts', // how long an invocation took, for its log line alone
    'sandbox/kernel/driver.ts', // the virtual time and the seed
    'sandbox/kernel/kernel.ts',
    'sandbox/world/world.ts', // the clock of the steps: the global one, which the driver replaces
    'sandbox/main.ts', // whether the terminal has colours
  ];
  const offences = [...functions, ...sources('sandbox')]
    .filter((file) => !homes.includes(file))
    .map((file) => [file, ambient.exec(withoutComments(textOf(file)))?.[0]] as const)
    .filter(([, found]) => found !== undefined)
    .map(
      ([file, found]) => `${file} uses ${found}: take a Clock (functions) or the Kernel (sandbox)`,
    );

  expect(offences).toEqual([]);
});

test('no module is forgotten', () => {
  // What nothing imports on purpose: the entry, and what is written before its user.
  const unused = ['functions/lambda/entry.ts', 'functions/domain/package-changes.ts'];
  const imported = new Set(programs.flatMap(importsOf));
  const offences = functions.filter((file) => !imported.has(file) && !unused.includes(file));

  expect(offences.map((file) => `${file} is imported by nothing: use it or delete it`)).toEqual([]);
});

test('no reminder is left in the code', () => {
  const offences = [...programs, ...sources('statemachine', '.json'), ...sources('test')]
    .filter(
      (file) => file !== 'test/style.test.ts' && /\b(TODO|FIXME|XXX|HACK)\b/.test(textOf(file)),
    )
    .map((file) => `${file} has a reminder: do it now, or write an issue and delete the line`);

  expect(offences).toEqual([]);
});

test('every failure that is typed out is in the table of failures', () => {
  const spelled =
    /(?:NamedFailure\(\s*|isFailure\(\w+, |\bfailure: |\bError: |"Error": )['"](\w+)['"]/g;
  const offences = [...programs, ...sources('statemachine', '.json')]
    .flatMap((file) =>
      [...textOf(file).matchAll(spelled)].map(([, name = '']) => [file, name] as const),
    )
    .filter(([, name]) => !isFailureName(name))
    .map(
      ([file, name]) =>
        `${file} says ${name}: add it to functions/domain/failures.ts, or spell it as there`,
    );

  expect(offences).toEqual([]);
});
