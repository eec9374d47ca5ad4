import type { Statement } from './example.ts';

/** A call as IAM sees it: an action on a resource, with what the conditions ask about. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** IAM's wildcards: `*` any number of characters, `?` one. */
export const matches = (pattern: string, text: string): boolean => {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
};

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

const holds = ({ Condition = {} }: Statement, { context }: Access): boolean =>
  Object.entries(Condition).every(([name, keys]) => {
    const operator = operators[name];
    if (operator === undefined) throw new Error(`The test does not know the operator ${name}`);
    return Object.entries(keys).every(([key, wanted]) =>
      operator(listOf(wanted).map(arnText), listOf(context[key] ?? [])),
    );
  });

/** Pseudo parameters and references, as they would be where the sandbox's AWS is. */
const values: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

type Intrinsic = Readonly<Record<string, unknown>>;

/** An ARN of a template as text; what only a deployment knows stands as `<logical id>`. */
export const arnText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { Ref, ...other } = value as Intrinsic;
  if (typeof Ref === 'string') return values[Ref] ?? `<${Ref}>`;
  const [attribute, join, imported, substituted] = [
    'Fn::GetAtt',
    'Fn::Join',
    'Fn::ImportValue',
    'Fn::Sub',
  ].map((name) => other[name]);
  if (typeof substituted === 'string')
    return substituted.replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => arnText({ Ref: name }));
  if (Array.isArray(attribute)) return `<${String(attribute[0])}>`;
  if (typeof imported === 'string') return `<${imported}>`;
  const [separator, parts] = join as [string, readonly unknown[]];
  return parts.map(arnText).join(separator);
};

export const actionsOf = ({ Action }: Statement): readonly string[] => listOf(Action);

export const resourcesIn = ({ Resource }: Statement): readonly string[] =>
  listOf(Resource).map(arnText);

export const isAllowed = (statements: readonly Statement[], access: Access): boolean =>
  statements.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      actionsOf(statement).some((action) => matches(action, access.action)) &&
      resourcesIn(statement).some((resource) => matches(resource, access.resource)) &&
      holds(statement, access),
  );
