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
    'steps, and tells what happens. Without options: the fleet of examples/fleet.yaml, when ' +
    'its schedule says so.',
  options: {
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
  },
  likely: 'scenario',
  notes: 'Exit codes: 0 it went as wanted, 1 a rebuild failed, 2 bad usage or bad input.',
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
