import { BadInput } from '../config/problems.ts';
import { wrap } from './columns.ts';
import { helpLine, helpOption, type Options, readWords, type Words } from './command-line.ts';

/** Exit codes: success, failure, bad usage or bad input. */
export const exitCodes = { done: 0, failed: 1, badInput: 2 } as const;

/** A program that takes options and no other arguments. */
export interface Usage {
  /** How it is called, such as `npm run synth --`. */
  readonly call: string;
  /** One paragraph; it is folded. */
  readonly purpose: string;
  /** In addition to `--help`, which every program has. */
  readonly options: Options;
  /** Problems between options that are each valid. */
  readonly contradictions?: (words: Words) => readonly string[];
  /** The option that an argument without one was probably meant for. */
  readonly likely?: string;
  /** Text after the options in the help. */
  readonly notes?: string;
}

const optionsOf = ({ options }: Usage): Options => ({ ...options, help: helpOption });

export const helpText = (usage: Usage): string => {
  const { call, purpose, notes } = usage;
  const options = Object.entries(optionsOf(usage)).map(
    ([name, option]) => `  ${helpLine(name, option)}`,
  );
  const folded = wrap(purpose, 100).join('\n');
  return [`Usage: ${call} [options]`, folded, options.join('\n'), ...(notes ? [notes] : [])]
    .map((part) => `${part}\n`)
    .join('\n');
};

const strayWord = (word: string, { likely }: Usage): string =>
  `${word}: not an option; options start with --${likely ? `, as in --${likely} ${word}` : ''}`;

/** Parses the command line; `null` means help. Throws `BadInput` with every problem. */
export const readOptions = (usage: Usage, argv: readonly string[]): Words | null => {
  const words = readWords(argv, optionsOf(usage));
  if (words.switches.has('help')) return null;
  const problems = [
    ...words.problems,
    ...words.operands.map((word) => strayWord(word, usage)),
    ...(usage.contradictions?.(words) ?? []),
  ];
  if (problems.length > 0) throw new BadInput(problems);
  return words;
};

/** Prints each problem on a line of its own. */
export const reportBadInput = async (run: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`${error.problems.join('\n')}\n`);
    process.exitCode = exitCodes.badInput;
  }
};

/** Runs a program with its command line, or prints its help. */
export const runProgram = (
  usage: Usage,
  run: (words: Words) => Promise<number> | number,
): Promise<void> =>
  reportBadInput(async () => {
    const words = readOptions(usage, process.argv.slice(2));
    if (words !== null) return run(words);
    process.stdout.write(helpText(usage));
    return exitCodes.done;
  });
