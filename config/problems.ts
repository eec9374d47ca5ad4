import { z } from 'zod';
import { printable, quoted } from '../functions/domain/printable.ts';

export type Path = readonly PropertyKey[];

/** A problem at one place of a file, and the fix. */
export interface Problem {
  readonly path: Path;
  readonly text: string;
}

/** Input that a person has to correct: every problem at once, one line each. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly problems: readonly string[];

  /** A problem may quote a key or a word: it stays one line, and safe for a terminal. */
  constructor(problems: readonly string[]) {
    const lines = problems.map((problem) => printable(problem).replaceAll('\n', ' '));
    super(lines.join('\n'));
    this.problems = lines;
  }
}

/** Levenshtein distance: how many characters have to change. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, character] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 0; column < to.length; column++) {
      const change = (row[column] ?? 0) + (character === to[column] ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
};

/** `; did you mean …?` if a known word is close enough to have been meant, otherwise nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = known
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate) }))
    .filter(
      ({ candidate: { length }, changes }) => changes <= (length < 5 ? 1 : length < 9 ? 2 : 3),
    )
    .sort((one, other) => one.changes - other.changes);
  return near[0] === undefined ? '' : `; did you mean ${near[0].candidate}?`;
};

/** A key in brackets and quotes where it would not be recognized as one key, or not be seen at all. */
const renderKey = (key: string): string =>
  /^[^\s.[\]"]+$/.test(key) && printable(key) === key ? `.${key}` : `[${quoted(key)}]`;

export const renderPath = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : renderKey(String(part))))
    .join('')
    .replace(/^\./, '');

const knownKeys = (schema: unknown): readonly string[] => {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum)
    return schema.keyType.options.map(String);
  return [];
};

const missing = (schema: unknown): string => {
  const description = schema instanceof z.ZodType ? schema.description : undefined;
  return description === undefined ? 'fill it in or remove it' : `add ${description}`;
};

const nameOfType = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a section with keys';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'text';
};

const isScalar = (value: unknown): boolean => typeof value !== 'object';

const wrongType = (expected: string, input: unknown, schema: unknown): string => {
  if (input === undefined) return `is missing; ${missing(schema)}`;
  if (input === null) return `has no value; ${missing(schema)}`;
  const met = nameOfType(input);
  if (expected === 'string')
    return `must be text, not ${met}${isScalar(input) ? ': write it in quotes' : ''}`;
  if (expected === 'array') return `must be a list, not ${met}: write "- " before each entry`;
  if (expected === 'boolean') return 'must be true or false, without quotes';
  if (typeof input === 'number' && !Number.isFinite(input)) return 'must be a finite number';
  if (expected === 'int' && typeof input === 'number') return 'must be a whole number';
  if (expected === 'number' || expected === 'int') {
    const inQuotes =
      typeof input === 'string' && input.trim() !== '' && !Number.isNaN(Number(input));
    return `must be a number, not ${met}${inQuotes ? ': remove the quotes' : ''}`;
  }
  const keys = knownKeys(schema);
  return `must be a section with keys, not ${met}${keys.length > 0 ? `: ${keys.join(', ')}` : ''}`;
};

const limit = (side: 'least' | 'most', bound: number | bigint, origin: string): string => {
  if (origin === 'array') return `needs at ${side} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  if (origin !== 'string') return `must be at ${side} ${bound}`;
  return bound === 1 ? 'must not be empty' : `must be at ${side} ${bound} characters long`;
};

/**
 * An error map for `safeParse` that says in plain words what zod finds. It repeats keys but no values,
 * because a value could be a secret in the wrong place. Unknown keys get one line each.
 */
export const plainWords = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.input, issue.inst);
    case 'invalid_value': {
      const known = issue.values.map(String);
      if (issue.input === undefined) return `is missing; add one of: ${known.join(', ')}`;
      const near = typeof issue.input === 'string' ? didYouMean(issue.input, known) : '';
      return `must be one of: ${known.join(', ')}${near}`;
    }
    case 'too_small':
      return limit('least', issue.minimum, issue.origin);
    case 'too_big':
      return limit('most', issue.maximum, issue.origin);
    case 'unrecognized_keys': {
      const known = knownKeys(issue.inst);
      return issue.keys
        .map(
          (key) => `is not a known key${didYouMean(key, known) || '.'} Known: ${known.join(', ')}`,
        )
        .join('\n');
    }
    default:
      return 'is not valid; compare with the reference';
  }
};

/** If a value may have several forms, problems are reported for the form whose keys were used. */
const meantForm = (
  issue: z.core.$ZodIssueInvalidUnion,
): readonly z.core.$ZodIssue[] | undefined => {
  const fitting = issue.errors.filter((form) => form.every(({ path }) => path.length > 0));
  return fitting.length === 1 ? fitting[0] : undefined;
};

/** One problem per place, from zod's issues; the messages come from `plainWords` or the schema. */
export const problemsOf = (issues: readonly z.core.$ZodIssue[]): readonly Problem[] =>
  issues.flatMap((issue): readonly Problem[] => {
    const { path, message } = issue;
    if (issue.code === 'unrecognized_keys') {
      const lines = message.split('\n');
      return issue.keys.map((key, index) => ({ path: [...path, key], text: lines[index] ?? '' }));
    }
    const form = issue.code === 'invalid_union' ? meantForm(issue) : undefined;
    if (form === undefined) return [{ path, text: message }];
    return problemsOf(form).map((inner) => ({ ...inner, path: [...path, ...inner.path] }));
  });
