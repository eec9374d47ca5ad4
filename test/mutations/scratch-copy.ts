import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOf, type Mutation, mutate } from './mutation.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a simulated run needs of the project. */
export const parts = [
  'functions',
  'config',
  'terminal',
  'deployment',
  'statemachine',
  'sandbox',
  'examples',
  'package.json',
  'tsconfig.json',
];

export interface ScratchCopy {
  readonly path: string;
  readonly remove: () => void;
}

/** A copy of the project with one bug in it, or with none. */
export const scratchCopy = (mutation: Mutation | null): ScratchCopy => {
  const path = mkdtempSync(join(tmpdir(), 'mutation-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  try {
    for (const part of parts) cpSync(join(root, part), join(path, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
    if (mutation !== null) {
      const file = join(path, fileOf(mutation));
      writeFileSync(file, mutate(mutation, readFileSync(file, 'utf8')));
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
};
