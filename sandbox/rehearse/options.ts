import {
  helpLine,
  type Option,
  readWords,
  strayWord,
  unlessWholeNumber,
} from '../../terminal/command-line.ts';
import { imageOption, proxiesOption } from '../../terminal/rebuild-options.ts';
import type { Overrides } from '../scenario/run-input.ts';

/** What a command line of the sandbox asks for. */
export type Intention =
  | { readonly kind: 'help' }
  | { readonly kind: 'bad-usage'; readonly problems: readonly string[] }
  | {
      readonly kind: 'run';
      readonly overrides: Overrides;
      /** One JSON document on stdout, and nothing else. */
      readonly json: boolean;
      /** Where the HTML report goes. */
      readonly report: string | undefined;
    };

const options = {
  scenario: { value: 'FILE', help: 'run this scenario; examples/scenarios/*.yaml have some' },
  fleet: { value: 'FILE', help: 'take this fleet file instead of the one of the scenario' },
  seed: {
    value: 'N',
    help: 'chance: the same seed gives the same run, byte for byte',
    problem: unlessWholeNumber(0, 4_294_967_295, 42),
  },
  proxies: proxiesOption('rebuild these proxies only'),
  image: imageOption,
  'dry-run': { help: 'print the plan, change nothing' },
  json: { help: 'print one JSON document with the result, and nothing else' },
  report: { value: 'FILE', help: 'write the HTML report to this file' },
  help: { help: 'print this, and do nothing' },
} as const satisfies Readonly<Record<string, Option>>;

export const helpText = `Usage: npm run sandbox -- [options]

Rebuilds a fleet of Smart Proxies in a simulated world, with the real state machines and steps, and
tells what happens. Without options: the fleet of examples/fleet.yaml, when its schedule says so.

${Object.entries(options)
  .map(([name, option]) => `  ${helpLine(name, option)}`)
  .join('\n')}

Exit codes: 0 it went as wanted, 1 a rebuild failed, 2 bad usage or bad input.
`;

/** What the words of a command line ask for. */
export const parse = (argv: readonly string[]): Intention => {
  const { values, switches, operands, ...words } = readWords(argv, options);
  const problems = [...words.problems, ...operands.map((word) => strayWord(word, 'scenario'))];
  if (switches.has('help')) return { kind: 'help' };
  if (problems.length > 0) return { kind: 'bad-usage', problems };
  const seed = values.get('seed');
  return {
    kind: 'run',
    overrides: {
      scenario: values.get('scenario'),
      fleet: values.get('fleet'),
      seed: seed === undefined ? undefined : Number(seed),
      proxies: values.get('proxies')?.split(','),
      imageId: values.get('image'),
      dryRun: switches.has('dry-run'),
    },
    json: switches.has('json'),
    report: values.get('report'),
  };
};
