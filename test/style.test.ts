import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isFailureName } from '../functions/domain/failures.ts';

/** The few rules of this house that a reader cannot be expected to check. */
type Paths = readonly string[];

const sources = (folder: string, ending = '.ts'): Paths =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .map((file) => join(folder, file));

/** What a pattern captures in the files, or what it matches, with the file. */
const search = (
  files: Paths,
  pattern: RegExp,
): readonly (readonly [file: string, text: string])[] =>
  files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map(([all, part]) => [file, part ?? all]),
  );
const imports = (files: Paths) =>
  search(files, /(?:from|import\(?)\s*'([^']+)'/g).map(
    ([file, name]) => [file, name.startsWith('.') ? join(dirname(file), name) : name] as const,
  );

const house = [
  'functions',
  'config',
  'terminal',
  'statemachine',
  'deployment',
  'infra',
  'cli',
  'sandbox',
];
const programs = house.flatMap((folder) => sources(folder));
const [functions, simulation] = [sources('functions'), sources('sandbox')];
const machines = sources('statemachine', '.json');

describe('a folder imports only from the layers below it', () => {
  const own = (...folders: Paths): Paths => folders.map((folder) => `functions/${folder}/`);
  const shared: Paths = ['functions/', 'config/', 'terminal/', 'statemachine/'];
  const all: Paths = [...shared, 'deployment/'];

  test.each<[string, Paths]>([
    ['functions/domain/', [...own('domain'), 'zod', 'node:crypto']],
    ['functions/ports/', own('domain', 'ports')],
    ['functions/operations/', own('domain', 'ports', 'operations')],
    ['functions/steps/', [...own('domain', 'ports', 'operations', 'steps'), 'zod']],
    ['functions/adapters/', [...own('domain', 'ports', 'adapters'), '@', 'node:', 'undici', 'zod']],
    ['functions/bootstrap-resources/', [...own('adapters', 'lambda', 'bootstrap-resources'), '@']],
    [
      'functions/health-metrics/',
      [...own('domain', 'ports', 'operations', 'lambda', 'health-metrics'), 'node:tls'],
    ],
    ['functions/', ['functions/', '@', 'node:', 'undici', 'zod']],
    ['config/', ['functions/', 'config/', 'node:', 'yaml', 'zod']],
    ['terminal/', ['functions/', 'config/', 'terminal/', 'node:', 'zod']],
    ['statemachine/', [...shared, 'node:']],
    ['deployment/', all],
    [
      'infra/',
      [...all, 'infra/', 'node:', 'aws-cdk-lib', 'cdk-nag', 'constructs', 'rolldown', 'zod'],
    ],
    ['cli/', [...all, 'cli/', '@aws-sdk/', 'node:', 'zod']],
    ['sandbox/', [...all, 'sandbox/', '@', 'node:', 'aws-local-stepfunctions', 'undici', 'zod']],
  ])('%s', (folder, allowed) => {
    const files = programs.filter((file) => file.startsWith(folder));
    const offences = imports(files)
      .filter(([, name]) => !allowed.some((start) => name.startsWith(start)))
      .map(([file, name]) => `${file}: move what it needs of ${name} down, or pass it in`);

    expect(files).not.toEqual([]);
    expect(offences).toEqual([]);
  });

  /** The layers of the sandbox, from below; folders of one layer know nothing of one another. */
  const layers = [
    ['kernel'],
    ['faults'],
    ['network'],
    ['machines'],
    ['aws', 'katello'],
    ['engine'],
    ['world'],
    ['invariants', 'scenario'],
    ['run'],
    ['report'],
    ['rehearse', 'simulate', 'measure', 'schemas'],
  ];
  const folderOf = (file: string): string => file.split('/')[1] ?? '';
  const levelOf = (file: string): number =>
    layers.findIndex((folders) => folders.includes(folderOf(file)));

  test('every file of the sandbox is in a layer', () => {
    expect(simulation.filter((file) => levelOf(file) === -1)).toEqual([]);
  });

  test.each(layers.flat())('sandbox/%s/', (folder) => {
    const offences = imports(simulation.filter((file) => folderOf(file) === folder))
      .filter(([, name]) => name.startsWith('sandbox/') && folderOf(name) !== folder)
      .filter(([file, name]) => levelOf(name) >= levelOf(file))
      .map(([file, name]) => `${file}: move what it needs of ${name} to a layer below both`);

    expect(offences).toEqual([]);
  });
});

test('no module imports what imports it', () => {
  const below = new Map<string, string[]>();
  for (const [file, name] of imports(programs)) below.set(file, [...(below.get(file) ?? []), name]);
  const reached = (file: string, met = new Set<string>()): ReadonlySet<string> => {
    for (const name of below.get(file) ?? []) if (!met.has(name)) reached(name, met.add(name));
    return met;
  };
  const offences = [...below.keys()].filter((file) => reached(file).has(file));

  expect(offences.map((file) => `${file}: move what both sides need to a third`)).toEqual([]);
});

test('time, chance, and the environment come in at one home each', () => {
  const ambient =
    /\bDate\.now|\bDate\(\)|Math\.random|random(?:UUID|Bytes)|process\.env|set(?:Timeout|Interval)\b|performance\.now|hrtime/g;
  const homes: Paths = [
    'functions/adapters/system/clock.ts', // the time
    'functions/lambda/entry.ts', // the environment
    'functions/lambda/log-outcome.ts', // how long an invocation took, for its log line alone
    'sandbox/kernel/driver.ts', // the virtual time and the seed
    'sandbox/kernel/kernel.ts', // timers on the virtual time
    'sandbox/world/world.ts', // the clock of the steps, whose global the driver replaces
  ];
  const offences = search([...functions, ...simulation], ambient)
    // A program may ask its terminal for colours, and tell how long it took.
    .filter(([file]) => !homes.includes(file) && !file.endsWith('/main.ts'))
    .map(
      ([file, name]) => `${file}: take a Clock (functions) or the Kernel (sandbox), not ${name}`,
    );

  expect(offences).toEqual([]);
});

test('no module is forgotten', () => {
  // What nothing imports on purpose: the entries of the functions, which are bundled.
  const unused = ['lambda', 'health-metrics', 'bootstrap-resources'].map(
    (folder) => `functions/${folder}/entry.ts`,
  );
  const used = new Set(imports(programs).map(([, name]) => name));
  const offences = functions.filter((file) => !used.has(file) && !unused.includes(file));

  expect(offences.map((file) => `${file}: use it or delete it`)).toEqual([]);
});

describe('what is bundled into functions', () => {
  const bundling = sources('infra/bundling');

  test('is taken as its packages are: no plugin rewrites or replaces a file of theirs', () => {
    const offences = search(bundling, /\b(?:plugins?|onLoad|onResolve|alias|node_modules)\b/g).map(
      ([file, name]) => `${file}: say it by a setting instead of ${name}`,
    );

    expect(offences).toEqual([]);
  });

  test('is taken by what packages export, and by no path inside of them', () => {
    const exported = (name: string, folder: string): boolean => {
      const { exports } = JSON.parse(readFileSync(`node_modules/${folder}/package.json`, 'utf8'));
      return name === folder || exports !== undefined;
    };
    const offences = imports([...functions, ...bundling])
      .filter(([, name]) => /^[@a-z]/.test(name) && !isBuiltin(name) && !existsSync(name))
      .filter(([, name]) => !exported(name, /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name))
      .map(([file, name]) => `${file}: import the package itself, not ${name}`);

    expect(offences).toEqual([]);
  });
});

test('no reminder is left in the code', () => {
  const reminders = search([...programs, ...machines], /\b(?:TODO|FIXME|XXX|HACK)\b/g);

  expect(reminders.map(([file]) => `${file}: do it now, or write an issue instead`)).toEqual([]);
});

test('every failure that is typed out is in the table of failures', () => {
  const spelled = /(?:NamedFailure\(\s*|isFailure\(\w+, |\bfailure: |"?\bError"?: )['"](\w+)['"]/g;
  const offences = search([...programs, ...machines], spelled)
    .filter(([, name]) => !isFailureName(name))
    .map(
      ([file, name]) =>
        `${file}: add ${name} to functions/domain/failures.ts, or spell it as there`,
    );

  expect(offences).toEqual([]);
});
