import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that a bundle is made from. */
const sources = ['functions/**/*.ts', 'infra/bundling/*.ts', 'package.json', 'package-lock.json'];

const digest = (): string => {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort())
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
};

const staleMs = 3_600_000;

/** Another process may just be using what it has built from other sources, so that is removed only after a while. */
const removeStale = (cache: string): void => {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > staleMs) rmSync(folder, { recursive: true, force: true });
  }
};

/** Whoever is first has built it; the others throw away what is the same. */
const put = (built: string, folder: string): void => {
  try {
    renameSync(built, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(built, { recursive: true, force: true });
  }
};

/** Builds every function unless that was done before from the very same sources. */
export const cachedBundles = async (): Promise<string> => {
  const cache = join(root, '.cache', 'bundles');
  const folder = join(cache, digest());
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  removeStale(cache);
  const unfinished = `${folder}.${process.pid}`;
  await bundle(unfinished);
  put(unfinished, folder);
  return folder;
};
