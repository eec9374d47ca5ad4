import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { AwsError } from './aws-error.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

export interface Condition {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/**
 * Whether a DynamoDB condition holds for an item, or for the lack of one. Only what the product uses is known:
 * alternatives joined by OR, each a term or, in brackets, terms joined by AND.
 */
export const holds = (condition: Condition, item: Item | undefined): boolean => {
  const alternatives = condition.expression
    .split(' OR ')
    .map((alternative) => alternative.replace(/^\((.*)\)$/, '$1').split(' AND '));
  // Every term is evaluated, so that a wrong one is refused even where it decides nothing.
  const verdicts = alternatives.map((terms) =>
    terms.map((term) => holdsFor(term, condition, item)),
  );
  return verdicts.some((terms) => terms.every(Boolean));
};

const holdsFor = (term: string, condition: Condition, item: Item | undefined): boolean => {
  const [, absent] = /^attribute_not_exists\((#?\w+)\)$/.exec(term) ?? [];
  if (absent !== undefined) return item?.[attributeName(absent, condition)] === undefined;
  const [, word = '', operator = '', key = ''] = /^(#?\w+) (=|<>|<) (:\w+)$/.exec(term) ?? [];
  const compare = comparisons[operator];
  if (compare === undefined)
    throw new Error(`The simulated dynamodb does not know the condition "${term}"`);
  const value = condition.values[key];
  if (value === undefined) throw invalid(`no value is given for ${key}`);
  return compare(item?.[attributeName(word, condition)], value);
};

type Comparison = (left: AttributeValue | undefined, right: AttributeValue) => boolean;

/** Values of different types are never equal. */
const isEqual: Comparison = (left, right) =>
  left?.N === undefined
    ? left?.S !== undefined && left.S === right.S
    : Number(left.N) === Number(right.N);

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': isEqual,
  '<>': (left, right) => !isEqual(left, right),
  '<': (left, right) => Number(left?.N) < Number(right.N),
};

/** DynamoDB reserves about 570 words; these are the ones that an attribute is likely to be called. */
const reserved = /^(data|date|key|name|owner|region|role|state|status|time|timestamp|ttl|value)$/i;

const attributeName = (word: string, { names }: Condition): string => {
  const name = word.startsWith('#') ? names[word] : word;
  if (name === undefined) throw invalid(`no name is given for ${word}`);
  if (!reserved.test(word)) return name;
  throw invalid(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
};

const invalid = (problem: string): AwsError =>
  new AwsError('ValidationException', `Invalid ConditionExpression: ${problem}`);
