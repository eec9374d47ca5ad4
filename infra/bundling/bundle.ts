import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { healthMetricsNeeds } from '../../functions/health-metrics/measure.ts';
import type { PortMethod } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { BundleName, CodeSource } from './code.ts';
import { packagesWithout } from './packages.ts';
import { leaveOut, slimming } from './slimming.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** ES modules know no `require`, which some packages inside of a bundle call. */
const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

const shared: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Only the packages' ES modules can be shaken.
  mainFields: ['module', 'main'],
  banner: { js: banner },
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  absWorkingDir: root,
  logLevel: 'error',
};

/** One entry for each function: the handler of its step, and nothing of the others' handlers. */
const stepEntries: Plugin = {
  name: 'step-entries',
  setup: (build) => {
    build.onResolve({ filter: /^step:/ }, ({ path }) => ({
      path: path.slice(5),
      namespace: 'step',
    }));
    build.onLoad({ filter: /.*/, namespace: 'step' }, ({ path }) => ({
      contents: `import { handlerFor } from './functions/lambda/entry.ts';
        export const handler = handlerFor('${path}');`,
      resolveDir: root,
      loader: 'ts',
    }));
  },
};

interface Group {
  readonly names: readonly BundleName[];
  readonly absent: readonly string[];
}

/** Functions that leave the same packages out are built together, so that each file is read once. */
const groupsOf = (names: readonly BundleName[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const name of names) {
    const absent = packagesWithout(needsOf(name));
    const key = absent.join(' ');
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), name], absent });
  }
  return [...groups.values()];
};

/** Functions that are no steps, each with an entry of its own. */
const others = {
  bootstrapResources: { entry: 'functions/bootstrap-resources/entry.ts', needs: [] },
  healthMetrics: { entry: 'functions/health-metrics/entry.ts', needs: healthMetricsNeeds },
} as const;

const isStep = (name: BundleName): name is StepName => !Object.hasOwn(others, name);

const needsOf = (name: BundleName): readonly PortMethod[] =>
  isStep(name) ? steps[name].needs : others[name].needs;

const entryOf = (name: BundleName): string => (isStep(name) ? `step:${name}` : others[name].entry);

const buildGroup = ({ names, absent }: Group, outdir: string) =>
  build({
    ...shared,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, entryOf(name)])),
    outdir,
    plugins: [leaveOut(absent), stepEntries, ...slimming],
  });

export const bundleNames: readonly BundleName[] = [
  ...(Object.keys(steps) as StepName[]),
  'bootstrapResources',
  'healthMetrics',
];

/** Builds functions into `<folder>/<name>/index.mjs`, as Lambda wants them. */
export const bundle = async (
  names: readonly BundleName[] = bundleNames,
  folder: string = mkdtempSync(join(tmpdir(), 'smart-proxy-bundles-')),
): Promise<string> => {
  for (const group of groupsOf(names)) await buildGroup(group, folder);
  return folder;
};

/** The code of a deployment. */
export const builtCode = (folder: string): CodeSource => ({
  codeOf: (name) => Code.fromAsset(join(folder, name)),
});
