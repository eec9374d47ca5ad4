import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

/** Every program that package.json gives a name. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const programs = Object.entries(scripts).flatMap(([name, command]) => {
  const file = command.match(/^node\b.* (\S+\.ts)$/)?.[1];
  return file === undefined ? [] : [[name, file] as const];
});

const call = (file: string, ...words: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...words], {
    encoding: 'utf8',
    env: {},
  });

test('there are programs', () => {
  expect(programs.length).toBeGreaterThan(5);
});

describe.each(programs)('npm run %s', (name, file) => {
  test('explains itself, on a terminal of 100 columns', () => {
    const { status, stdout, stderr } = call(file, '--nonsense', '--help');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${name} -- `));
    expect(stdout).toMatch(/^ +--help +print this help$/m);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  test('refuses words that it does not know, all at once, and does nothing', () => {
    const { status, stdout, stderr } = call(file, '--nonsense', '-x', '--hlep');

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--nonsense: unknown option');
    expect(stderr).toContain('-x: unknown option');
    expect(stderr).toContain('--hlep: unknown option; did you mean --help?');
  });
});
