import { unlessWholeNumber, type Words } from '../../terminal/command-line.ts';
import type { Usage } from '../../terminal/program.ts';
import { imageOption, proxiesOption } from '../../terminal/rebuild-options.ts';
import type { Overrides } from '../scenario/run-input.ts';

/** What a command line of the sandbox asks for. */
export interface Intention {
  readonly overrides: Overrides;
  /** One JSON document on stdout, and nothing else. */
  readonly json: boolean;
  /** Where the HTML report goes. */
  readonly report: string | undefined;
}

export const usage: Usage = {
  call: 'npm run sandbox --',
  purpose:
    'Rebuilds a fleet of Smart Proxies in a simulated world, with the real state machines and ' +
    'steps, and prints what happens. Without options: a scheduled rebuild of ' +
    'examples/fleet.yaml.',
  options: {
    scenario: { value: 'FILE', help: 'scenario to run, such as examples/scenarios/heal.yaml' },
    fleet: { value: 'FILE', help: 'fleet file to use instead of the one in the scenario' },
    seed: {
      value: 'N',
      help: 'random seed; the same seed gives the same run, byte for byte',
      problem: unlessWholeNumber(0, 4_294_967_295, 42),
    },
    proxies: proxiesOption('rebuild these proxies only'),
    image: imageOption,
    'dry-run': { help: 'print the plan, change nothing' },
    json: { help: 'print one JSON document with the result, and nothing else' },
    report: { value: 'FILE', help: 'write the HTML report to this file' },
  },
  likely: 'scenario',
  notes:
    'Exit codes: 0 success, 1 a rebuild failed or an invariant was violated, 2 bad usage or input.',
};

export const intentionOf = ({ values, switches }: Words): Intention => {
  const seed = values.get('seed');
  return {
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
