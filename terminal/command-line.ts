import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { didYouMean } from '../config/problems.ts';

export interface Option {
  /** The name of its value; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  /** A one-letter alternative, written after a single dash. */
  readonly short?: string;
  /** May be given several times. */
  readonly isList?: true;
  /** What is wrong with a value, if anything. */
  readonly problem?: (value: string) => string | null;
}

export type Options = Readonly<Record<string, Option>>;

export const helpOption = { help: 'print this help', short: 'h' } as const;

export const unless = (fits: boolean, problem: string): string | null => (fits ? null : problem);

/** Validates an option by a schema of the domain. */
export const unlessFits =
  (schema: z.ZodType) =>
  (value: string): string | null =>
    schema.safeParse(value).error?.issues[0]?.message ?? null;

export const unlessWholeNumber =
  (from: number, to: number, example: number) =>
  (value: string): string | null =>
    unless(
      /^\d{1,10}$/.test(value) && Number(value) >= from && Number(value) <= to,
      `must be a whole number from ${from} to ${to}, such as ${example}`,
    );

/** A parsed command line. */
export interface Words {
  readonly values: ReadonlyMap<string, string>;
  /** Values of options that may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
  /** Arguments that belong to no option, in order. */
  readonly operands: readonly string[];
  readonly problems: readonly string[];
}

type Token = ReturnType<typeof tokensOf>[number];

const tokensOf = (argv: readonly string[], options: Options) =>
  parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, short }]) => {
        const type = value === undefined ? 'boolean' : 'string';
        return [name, { type, ...(short !== undefined && { short }) }] as const;
      }),
    ),
  }).tokens;

const synopsis = (name: string, { value }: Option): string =>
  value === undefined ? `--${name}` : `--${name} ${value}`;

/** One line of a help text. */
export const helpLine = (name: string, option: Option): string =>
  `${synopsis(name, option).padEnd(20)}  ${option.help}`;

/** What is wrong with one option as given; `null` if nothing. */
const problemOf = (token: Extract<Token, { kind: 'option' }>, options: Options): string | null => {
  const { name, rawName, value } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const known = Object.keys(options).map((each) => `--${each}`);
    return `${rawName}: unknown option${didYouMean(rawName, known) || '.'} Known: ${known.join(', ')}`;
  }
  if (option.value === undefined)
    return value === undefined ? null : `--${name}: takes no value; use --${name} alone`;
  // Another option in place of the value means that the value was forgotten.
  if (value === undefined || value === '' || value.startsWith('--'))
    return `--${name}: needs a value; use ${synopsis(name, option)}`;
  const wrong = option.problem?.(value) ?? null;
  return wrong === null ? null : `--${name}: ${wrong}`;
};

/** Parses a command line and reports every problem at once. */
export const readWords = (argv: readonly string[], options: Options): Words => {
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const switches = new Set<string>();
  const operands: string[] = [];
  const problems: string[] = [];
  for (const token of tokensOf(argv, options)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = problemOf(token, options);
    if (problem !== null) {
      problems.push(problem);
      continue;
    }
    const { name, value } = token;
    if (switches.has(name) || values.has(name)) problems.push(`--${name}: given twice; keep one`);
    if (value === undefined) switches.add(name);
    else if (options[name]?.isList) lists.set(name, [...(lists.get(name) ?? []), value]);
    else values.set(name, value);
  }
  return { values, lists, switches, operands, problems };
};
