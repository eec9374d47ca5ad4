import type { EventPattern } from '../../deployment/event-pattern.ts';
import type { AwsEvent } from './aws-events.ts';

/** The value of a field of an event; `undefined` when it has none. */
type Value = unknown;

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const isLike = (value: Value, wildcard: string): boolean =>
  typeof value === 'string' &&
  new RegExp(`^${wildcard.split('*').map(escaped).join('.*')}$`, 's').test(value);

const wildcardOf = (operand: unknown): string => {
  const wildcard =
    operand !== null && typeof operand === 'object' && Reflect.get(operand, 'wildcard');
  // In EventBridge a backslash escapes; none of our patterns has one.
  if (typeof wildcard === 'string' && !wildcard.includes('\\')) return wildcard;
  throw new Error(`the sandbox does not know the condition ${JSON.stringify(operand)}`);
};

/** Operators by name, with what AWS's own engine does, which `test/sandbox/world/event-matching.test.ts` has recorded. */
const operators: Readonly<Record<string, (value: Value, operand: unknown) => boolean>> = {
  exists: (value, operand) => (value !== undefined) === operand,
  prefix: (value, operand) => typeof value === 'string' && value.startsWith(String(operand)),
  wildcard: (value, operand) => isLike(value, wildcardOf({ wildcard: operand })),
  'anything-but': (value, operand) => value !== undefined && !isLike(value, wildcardOf(operand)),
};

/** Whether the condition holds; throws on an operator that the sandbox does not know. */
const holds = (value: Value, condition: unknown): boolean => {
  if (condition === null || typeof condition !== 'object') return value === condition;
  const [[name, operand] = ['', null], ...others] = Object.entries(condition);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator !== undefined && others.length === 0) return operator(value, operand);
  throw new Error(`the sandbox does not know the condition ${JSON.stringify(condition)}`);
};

/** A field with nothing below it has conditions; any other has fields. */
const isMatch = (value: Value, pattern: unknown): boolean => {
  if (Array.isArray(pattern)) return pattern.some((condition) => holds(value, condition));
  return Object.entries(pattern as object).every(([field, below]) =>
    isMatch(
      value === null || typeof value !== 'object' ? undefined : Reflect.get(value, field),
      below,
    ),
  );
};

/** Whether a rule with this pattern takes the event. */
export const matches = (pattern: EventPattern, event: AwsEvent): boolean => isMatch(event, pattern);
