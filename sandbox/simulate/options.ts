import { parseArgs } from 'node:util';
import { BadInput } from '../../cli/problems.ts';

export interface SimulateIntention {
  readonly firstSeed: number;
  readonly runs: number;
  /** Print the last events of every run, failed or not. */
  readonly isVerbose: boolean;
}

export const simulateHelp = `Usage: npm run simulate -- [--runs N] [--seed S] [--verbose]

Runs N drawn fleets (default 100) from seed S on (default 1) in which calls get lost, functions die, instances
fail and people interfere, with all invariants watched; then heals each world and demands that it can be
rebuilt. A run that fails is printed with its last events and the command that replays it.

Exit codes: 0 every run kept every promise, 1 one did not, 2 bad usage.
`;

const wholeNumber = (
  name: string,
  text: string | undefined,
  fallback: number,
  problems: string[],
): number => {
  if (text === undefined) return fallback;
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  problems.push(`--${name}: must be a whole number above 0, such as ${fallback}`);
  return fallback;
};

/** `null` asks for help; throws `BadInput` with every problem. */
export const parseSimulate = (argv: readonly string[]): SimulateIntention | null => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values['help'] === true) return null;
  const known = ['runs', 'seed', 'verbose', 'help'];
  const problems = [
    ...positionals.map((word) => `${word}: is not an option`),
    ...Object.keys(values)
      .filter((name) => !known.includes(name))
      .map((name) => `--${name}: is not known; known: --runs, --seed, --verbose, --help`),
  ];
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' ? value : undefined;
  const runs = wholeNumber('runs', text(values['runs']), 100, problems);
  const firstSeed = wholeNumber('seed', text(values['seed']), 1, problems);
  if (problems.length > 0) throw new BadInput(problems);
  return { firstSeed, runs, isVerbose: values['verbose'] === true };
};
