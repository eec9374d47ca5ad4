import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build, type InputOptions } from 'rolldown';
import { portOf } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { BundleName, CodeSource } from './code.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const settings: InputOptions = {
  cwd: root,
  platform: 'node',
  // A package's ES modules can be tree-shaken; its CommonJS cannot.
  resolve: { mainFields: ['module', 'main'] },
  // The SDK loads these when the environment has no credentials. A function's environment always has them.
  external: /^@(aws-sdk|smithy)\/credential-provider-(?!env|node)/,
  // Tells undici that it is bundled, so that it leaves out its second, experimental HTTP parser.
  transform: { define: { esbuildDetection: 'true' } },
  onLog: (_level, { message }) => {
    throw new Error(message);
  },
};

/** Functions that are no steps, each with an entry of its own. */
const others = {
  bootstrapResources: 'functions/bootstrap-resources/entry.ts',
  healthMetrics: 'functions/health-metrics/entry.ts',
} as const;

const isStep = (name: BundleName): name is StepName => !Object.hasOwn(others, name);

/** The entry of a step: its handler, and the ports that it needs. */
const stepEntry = (name: StepName): string => {
  const ports = [...new Set(steps[name].needs.map(portOf))].join(', ');
  const from = (file: string): string => `from ${JSON.stringify(join(root, 'functions', file))}`;
  return `import { handlerFor } ${from('lambda/entry.ts')};
import { ${ports} } ${from('lambda/ports.ts')};
import { ${name} } ${from('steps/all.ts')};

export const handler = handlerFor('${name}', ${name}, { ${ports} });
`;
};

const writeEntry = (name: BundleName, folder: string): string => {
  if (!isStep(name)) return join(root, others[name]);
  const entry = join(folder, `${name}.js`);
  writeFileSync(entry, stepEntry(name));
  return entry;
};

export const bundleNames: readonly BundleName[] = [
  ...(Object.keys(steps) as StepName[]),
  'bootstrapResources',
  'healthMetrics',
];

/** Builds every function into `<folder>/<name>/index.cjs`, the only file of its asset. */
export const bundle = async (folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  for (const name of bundleNames) {
    await build({
      ...settings,
      input: writeEntry(name, folder),
      output: {
        file: join(folder, name, 'index.cjs'),
        format: 'cjs',
        codeSplitting: false,
        minify: true,
        comments: false,
      },
    });
  }
};

/** The code of a deployment. */
export const builtCode = (folder: string): CodeSource => ({
  codeOf: (name) => Code.fromAsset(join(folder, name)),
});
