import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInput } from '../../config/problems.ts';

/** A folder with these files, for the time that `use` takes. */
export const withFiles = <Result>(
  files: Readonly<Record<string, string>>,
  use: (pathOf: (name: string) => string) => Result,
): Result => {
  const folder = mkdtempSync(join(tmpdir(), 'smart-proxy-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** What a reader complains about, with file names as somebody in the same folder would see them. */
export const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return error.problems.map((line) => line.replace(/^\S*\/(?=[^/\s]+\.yaml)/, ''));
  }
  return [];
};
