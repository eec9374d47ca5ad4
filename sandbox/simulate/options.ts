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
    help: 'number of runs (100)',
    problem: unlessWholeNumber(1, 1_000_000_000, 100),
  },
  seed: {
    value: 'S',
    help: `first seed, incremented for each run (1), or "${fresh}" for a random one`,
    problem: (value) => (value === fresh ? null : unlessSeed(value)),
  },
  profile: {
    value: 'P',
    help: 'which faults occur (mixed)',
    problem: (value) =>
      unless(
        (profileNames as readonly string[]).includes(value),
        `must be one of: ${profileNames.join(', ')}`,
      ),
  },
  minutes: {
    value: 'M',
    help: 'start no further run after this many minutes',
    problem: unlessWholeNumber(1, 10_000, 10),
  },
  exhaustive: { help: 'instead of random runs: every fault at every call of one rebuild' },
  pairs: { help: 'instead of random runs: every two faults while retiring and rolling back' },
  replay: { value: 'FILE', help: 'replay the case in this file' },
  report: { value: 'FILE', help: 'write an HTML report; needs a single run' },
  verbose: { help: 'print the last events of every run, not only of failed ones' },
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

/** Options that choose the runs exclude those that draw them. */
const contradictions = ({ values, switches }: Words): readonly string[] => {
  const given = [...values.keys(), ...switches];
  const [instead, ...more] = given.filter((name) => insteadOfDrawing.includes(name));
  const drawing = instead === undefined ? [] : given.filter((name) => ofDrawing.includes(name));
  const isOne = values.has('replay') || Number(values.get('runs')) === 1;
  return [
    ...[...more, ...drawing].map((name) => `--${name}: cannot be combined with --${instead}`),
    ...(values.has('report') && !isOne
      ? ['--report: needs a single run; add --runs 1, or --replay FILE']
      : []),
  ];
};

export const usage: Usage = {
  call: 'npm run simulate --',
  purpose:
    'Rebuilds random fleets while calls are lost, functions die, instances fail and people ' +
    'interfere, and checks all invariants. Then the faults end, and a rebuild of the whole fleet ' +
    'must succeed. A run that violates an invariant is shrunk to the fewest faults that cause ' +
    'it, and printed with the command that replays it.',
  options,
  contradictions,
  likely: 'seed',
  notes: `Profiles:
${profileNames.map((name) => `  ${name.padEnd(8)} ${profiles[name].help}`).join('\n')}

Exit codes: 0 no violation, 1 a run violated an invariant, 2 bad usage or input.`,
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
