import {
  type Options,
  unless,
  unlessWholeNumber,
  type Words,
} from '../../terminal/command-line.ts';
import type { Usage } from '../../terminal/program.ts';
import { type ProfileName, profileNames, profiles } from './profiles.ts';

const seedMax = 4_294_967_295;
/** In place of a seed: a random one. */
const fresh = 'fresh';
const unlessSeed = unlessWholeNumber(0, seedMax, 1);

const options: Options = {
  runs: {
    value: 'N',
    help: 'how many worlds (100)',
    problem: unlessWholeNumber(1, 1_000_000_000, 100),
  },
  seed: {
    value: 'S',
    help: `the seed of the first world, then one more each (1); "${fresh}" draws one`,
    problem: (value) => (value === fresh ? null : unlessSeed(value)),
  },
  profile: {
    value: 'P',
    help: 'what goes wrong (mixed)',
    problem: (value) =>
      unless(
        (profileNames as readonly string[]).includes(value),
        `must be one of: ${profileNames.join(', ')}`,
      ),
  },
  minutes: {
    value: 'M',
    help: 'start no further world after this many minutes',
    problem: unlessWholeNumber(1, 10_000, 10),
  },
  exhaustive: { help: 'instead of drawing: every fault at every call of one rebuild' },
  pairs: { help: 'instead of drawing: every two faults while retiring and putting back' },
  replay: { value: 'FILE', help: 'run the one case of this file' },
  report: { value: 'FILE', help: 'write an HTML report of the one run' },
  verbose: { help: 'print the last events of every run, failed or not' },
};

/** What a command line of the simulation asks for. */
export interface SimulateIntention {
  readonly firstSeed: number | typeof fresh;
  readonly runs: number;
  readonly profile: ProfileName;
  readonly minutes: number;
  readonly enumerate: 'singles' | 'pairs' | null;
  readonly replay: string | undefined;
  readonly report: string | undefined;
  readonly isVerbose: boolean;
}

const insteadOfDrawing = ['exhaustive', 'pairs', 'replay'];
const ofDrawing = ['runs', 'seed', 'profile', 'minutes'];

/** What says which worlds there are, and what says how they are drawn, exclude each other. */
const contradictions = ({ values, switches }: Words): readonly string[] => {
  const given = [...values.keys(), ...switches];
  const [instead, ...more] = given.filter((name) => insteadOfDrawing.includes(name));
  const drawing = instead === undefined ? [] : given.filter((name) => ofDrawing.includes(name));
  const isOne = values.has('replay') || Number(values.get('runs')) === 1;
  return [
    ...[...more, ...drawing].map(
      (name) => `--${name}: does not go with --${instead}: leave one of them out`,
    ),
    ...(values.has('report') && !isOne
      ? ['--report: is of one run; add --runs 1, or --replay FILE']
      : []),
  ];
};

export const usage: Usage = {
  call: 'npm run simulate --',
  purpose:
    'Runs drawn fleets in which calls get lost, functions die, instances fail and people ' +
    'interfere, with all invariants watched; then heals each world and demands that it can be ' +
    'rebuilt. A run that breaks a promise is shrunk to the fewest faults that break it, and ' +
    'printed with the command that replays it.',
  options,
  contradictions,
  likely: 'seed',
  notes: `Profiles:
${profileNames.map((name) => `  ${name.padEnd(8)} ${profiles[name].help}`).join('\n')}

Exit codes: 0 every run kept every promise, 1 one did not, 2 bad usage or bad input.`,
};

export const intentionOf = ({ values, switches }: Words): SimulateIntention => {
  const number = (name: string, fallback: number): number => Number(values.get(name) ?? fallback);
  return {
    firstSeed: values.get('seed') === fresh ? fresh : number('seed', 1),
    runs: number('runs', 100),
    profile: (values.get('profile') ?? 'mixed') as ProfileName,
    minutes: number('minutes', Number.POSITIVE_INFINITY),
    enumerate: switches.has('pairs') ? 'pairs' : switches.has('exhaustive') ? 'singles' : null,
    replay: values.get('replay'),
    report: values.get('report'),
    isVerbose: switches.has('verbose'),
  };
};
