import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unless } from '../terminal/command-line.ts';
import { exitCodes, runProgram, type Usage } from '../terminal/program.ts';
import { builtCode } from './bundling/bundle.ts';
import { cachedBundles } from './bundling/cache.ts';
import { deployment } from './deployment.ts';
import { readSettings } from './settings.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const usage: Usage = {
  call: 'npm run synth --',
  purpose:
    'Writes the CloudFormation templates of a fleet, without an account, credentials or Docker.',
  options: {
    context: {
      value: 'KEY=VALUE',
      short: 'c',
      isList: true,
      help: 'a setting such as fleet=my.yaml, also as -c; docs/deployment.md has them all',
      problem: (pair) =>
        unless(
          /^[\w@:/-]+=/.test(pair),
          `"${pair}" must be KEY=VALUE, such as fleet=my-fleet.yaml`,
        ),
    },
    output: { value: 'FOLDER', help: 'the folder to write to (cdk.out)' },
  },
  likely: 'output',
};

const contextOf = (pairs: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

const defaultContext = (): Readonly<Record<string, unknown>> =>
  (JSON.parse(readFileSync(`${root}cdk.json`, 'utf8')) as { context: Record<string, unknown> })
    .context;

const kib = (template: object): number => Math.ceil(JSON.stringify(template).length / 1024);

/** What is written for each stack: enough to see that CloudFormation's limits are far away. */
const describe = (name: string, template: { readonly Resources?: object }): string => {
  const resources = Object.keys(template.Resources ?? {}).length;
  return `${name.padEnd(48)} ${String(resources).padStart(4)} resources ${String(kib(template)).padStart(5)} KiB`;
};

await runProgram(usage, async ({ values, lists }) => {
  const given = contextOf(lists.get('context') ?? []);
  const settings = readSettings((key) => given[key]);
  const { app } = deployment(settings, builtCode(await cachedBundles()), {
    outdir: values.get('output') ?? 'cdk.out',
    context: { ...defaultContext(), ...given },
  });
  const { stacks, directory } = app.synth();
  for (const { stackName, template } of stacks) console.log(describe(stackName, template));
  console.log(`templates in ${directory}`);
  return exitCodes.done;
});
