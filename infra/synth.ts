import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BadInput } from '../config/problems.ts';
import { builtCode } from './bundling/bundle.ts';
import { cachedBundles } from './bundling/cache.ts';
import { deployment } from './deployment.ts';
import { readSettings } from './settings.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const usage = `npm run synth -- [-c <key>=<value>]... [--output <folder>]

Writes the CloudFormation templates of a fleet, without an account, credentials or Docker.
  -c, --context   a setting, such as fleet=my-fleet.yaml; see docs/deployment.md
      --output    the folder to write to; cdk.out without it`;

const contextOf = (pairs: readonly string[]): Readonly<Record<string, string>> => {
  const wrong = pairs.filter((pair) => !/^[\w@:/-]+=/.test(pair));
  if (wrong.length > 0)
    throw new BadInput(wrong.map((pair) => `-c ${pair}: must be <key>=<value>, as fleet=my.yaml`));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
};

const parse = (argv: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        context: { type: 'string', short: 'c', multiple: true, default: [] },
        output: { type: 'string', default: 'cdk.out' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new BadInput([error instanceof Error ? error.message : String(error), '', usage]);
  }
};

const defaultContext = (): Readonly<Record<string, unknown>> =>
  (JSON.parse(readFileSync(`${root}cdk.json`, 'utf8')) as { context: Record<string, unknown> })
    .context;

const kib = (template: object): number => Math.ceil(JSON.stringify(template).length / 1024);

/** What is written for each stack: enough to see that CloudFormation's limits are far away. */
const describe = (name: string, template: { readonly Resources?: object }): string => {
  const resources = Object.keys(template.Resources ?? {}).length;
  return `${name.padEnd(48)} ${String(resources).padStart(4)} resources ${String(kib(template)).padStart(5)} KiB`;
};

const run = async (): Promise<void> => {
  const { context, output, help } = parse(process.argv.slice(2));
  if (help) return console.log(usage);
  const given = contextOf(context);
  const settings = readSettings((key) => given[key]);
  const { app } = deployment(settings, builtCode(await cachedBundles()), {
    outdir: output,
    context: { ...defaultContext(), ...given },
  });
  const { stacks, directory } = app.synth();
  for (const { stackName, template } of stacks) console.log(describe(stackName, template));
  console.log(`templates in ${directory}`);
};

try {
  await run();
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  for (const problem of error.problems) console.error(problem);
  process.exitCode = 2;
}
