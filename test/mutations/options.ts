import { parseArgs } from 'node:util';
import { BadInput, didYouMean } from '../../config/problems.ts';

export interface MutateIntention {
  /** Names of the mutations to try; empty: all. */
  readonly only: readonly string[];
  readonly runs: number;
}

export const mutateHelp = `Usage: npm run mutate [-- --only NAME]... [-- --runs N]

Puts one deliberate bug after the other into a copy of the project and runs the mass simulation on it, with two
profiles in turn and seeds from 1 on, until it breaks a promise, for at most N runs (default 2000). Then makes the
same runs of the project as it is, for comparison. Bugs that are found seldom are tried only by name.

Exit codes: 0 every bug was found, 1 one was not, or the comparison broke a promise, 2 bad usage.
`;

/** `null` asks for help; throws `BadInput` with every problem. */
export const parseMutate = (
  argv: readonly string[],
  known: readonly string[],
): MutateIntention | null => {
  const values = parsed(argv);
  if (values.help) return null;
  const problems = values.only
    .filter((name) => !known.includes(name))
    .map((name) => `--only ${name}: no mutation has this name${didYouMean(name, known)}`);
  if (!/^[1-9]\d{0,5}$/.test(values.runs))
    problems.push(`--runs ${values.runs}: must be a whole number above 0, such as 200`);
  if (problems.length > 0) throw new BadInput(problems);
  return { only: values.only, runs: Number(values.runs) };
};

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        runs: { type: 'string', default: '2000' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new BadInput([`${String(error)}; known: --only NAME, --runs N, --help`]);
  }
};
