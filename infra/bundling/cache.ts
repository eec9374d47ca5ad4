import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that a bundle is made from. */
const sources = [
  'functions/**/*.ts',
  'infra/bundling/*.ts',
  'infra/created-once/*.ts',
  'infra/gauge/*.ts',
  'infra/observability/metrics.ts',
  'infra/controller/{port-methods,step-needs}.ts',
  'package-lock.json',
];

const digest = (): string => {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort())
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
};

/** Builds every function unless that was done before from the very same sources. */
export const cachedBundles = async (): Promise<string> => {
  const cache = join(root, '.cache', 'bundles');
  const folder = join(cache, digest());
  if (existsSync(folder)) return folder;
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  await bundle(undefined, unfinished);
  renameSync(unfinished, folder);
  return folder;
};
