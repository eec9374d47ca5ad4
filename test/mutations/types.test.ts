import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { allMutations } from './list.ts';
import { fileOf, type Mutation, mutate } from './mutation.ts';
import { type ScratchCopy, scratchCopy } from './scratch-copy.ts';

const compiler = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));

/** A bug may leave an import, a constant or a parameter unused. */
const unused = /error TS(6133|6192|6196):/;

const besideItsFile = (mutation: Mutation): string =>
  fileOf(mutation).replace(/\.ts$/, `.with-${mutation.name}.ts`);

/** Writes every bug beside the file that it changes, so that one run of the compiler sees them all. */
const problemsIn = ({ path }: ScratchCopy): readonly string[] => {
  const inTypeScript = allMutations.filter((mutation) => fileOf(mutation).endsWith('.ts'));
  for (const mutation of inTypeScript) {
    const text = mutate(mutation, readFileSync(`${path}/${fileOf(mutation)}`, 'utf8'));
    writeFileSync(`${path}/${besideItsFile(mutation)}`, text);
  }
  const { stdout } = spawnSync(compiler, ['-p', 'tsconfig.json'], { cwd: path, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes('error TS') && !unused.test(line));
};

// A bug that breaks its module would be found by any invariant, and would prove nothing about the one that it is for.
test('every deliberate bug could be in a product that compiles', () => {
  const copy = scratchCopy(null);
  try {
    expect(problemsIn(copy)).toEqual([]);
  } finally {
    copy.remove();
  }
}, 120_000);
