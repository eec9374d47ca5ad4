import type { Permission } from '../../../deployment/permissions/permission.ts';
import type { Access } from './access.ts';

/** What a policy allows; IAM does not read the reasons for wildcards. */
export type Statement = Omit<Permission, 'wildcard'>;

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const patterns = new Map<string, RegExp>();

const patternOf = (pattern: string): RegExp => {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const made = new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  patterns.set(pattern, made);
  return made;
};

/** IAM's wildcards: `*` any number of characters, `?` one. */
export const matches = (pattern: string, text: string): boolean =>
  pattern === '*' || pattern === text || (/[*?]/.test(pattern) && patternOf(pattern).test(text));

type Operator = (wanted: readonly string[], met: readonly string[]) => boolean;

const some =
  (same: (wanted: string, met: string) => boolean): Operator =>
  (wanted, met) =>
    met.length > 0 && met.some((value) => wanted.some((one) => same(one, value)));

const every =
  (same: (wanted: string, met: string) => boolean): Operator =>
  (wanted, met) =>
    met.every((value) => wanted.some((one) => same(one, value)));

const equal = (wanted: string, met: string): boolean => wanted === met;

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: some(equal),
  StringLike: some(matches),
  ArnLike: some(matches),
  'ForAnyValue:StringLike': some(matches),
  'ForAllValues:StringEquals': every(equal),
  'ForAllValues:StringLike': every(matches),
};

const holds = ({ conditions = {} }: Statement, { context }: Access): boolean =>
  Object.entries(conditions).every(([name, keys]) => {
    const operator = operators[name];
    if (operator === undefined) throw new Error(`The simulated IAM does not know ${name}`);
    return Object.entries(keys).every(([key, wanted]) =>
      operator(listOf(wanted), listOf(context[key] ?? [])),
    );
  });

/** Whether a statement allows it; whatever none allows is denied. */
export const isAllowed = (statements: readonly Statement[], access: Access): boolean =>
  statements.some(
    (statement) =>
      statement.actions.some((action) => matches(action, access.action)) &&
      statement.resources.some((resource) => matches(resource, access.resource)) &&
      holds(statement, access),
  );

const textOf = (context: Access['context']): string => {
  let text = '';
  for (const key in context) text += ` ${key}=${context[key]}`;
  return text;
};

/** The policies of a role. Calls ask the same questions again and again, so that answers are kept. */
export class Role {
  readonly #statements: readonly Statement[];
  readonly #answers = new Map<string, boolean>();

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
  }

  allows(access: Access): boolean {
    const question = `${access.action} ${access.resource}${textOf(access.context)}`;
    const known = this.#answers.get(question);
    if (known !== undefined) return known;
    const answer = isAllowed(this.#statements, access);
    this.#answers.set(question, answer);
    return answer;
  }
}
