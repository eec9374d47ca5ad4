import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { AwsError } from './aws-error.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

export interface Condition {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** Whether a DynamoDB condition holds for an item, or for the lack of one. */
export const holds = (condition: Condition, item: Item | undefined): boolean =>
  new Evaluation(condition, item).run();

const tokenPattern = /\s*(<>|<=|>=|[=<>(),]|[#:]?[A-Za-z_][\w.-]*)/gy;

const invalid = (problem: string): AwsError =>
  new AwsError('ValidationException', `Invalid ConditionExpression: ${problem}`);

const tokensOf = (expression: string): readonly string[] => {
  const tokens = [...expression.matchAll(tokenPattern)];
  const read = tokens.reduce((length, [text]) => length + text.length, 0);
  const rest = expression.slice(read).trim();
  if (rest !== '') throw invalid(`Syntax error near ${rest}`);
  return tokens.map(([, token]) => token ?? '');
};

/** Goes through the expression once: OR binds weakest, then AND, then NOT. */
class Evaluation {
  readonly #tokens: readonly string[];
  readonly #condition: Condition;
  readonly #item: Item | undefined;
  #at = 0;

  constructor(condition: Condition, item: Item | undefined) {
    this.#tokens = tokensOf(condition.expression);
    this.#condition = condition;
    this.#item = item;
  }

  run(): boolean {
    const result = this.#or();
    if (this.#at < this.#tokens.length) throw invalid(`Syntax error near ${this.#peek()}`);
    return result;
  }

  #or(): boolean {
    let result = this.#and();
    while (this.#takes('OR')) result = this.#and() || result;
    return result;
  }

  #and(): boolean {
    let result = this.#not();
    while (this.#takes('AND')) result = this.#not() && result;
    return result;
  }

  #not(): boolean {
    return this.#takes('NOT') ? !this.#not() : this.#term();
  }

  #term(): boolean {
    if (this.#takes('(')) {
      const result = this.#or();
      this.#expect(')');
      return result;
    }
    const word = this.#take();
    if (this.#peek() === '(') return this.#function(word);
    return compare(this.#operand(word), this.#take(), this.#operand(this.#take()));
  }

  #function(name: string): boolean {
    this.#expect('(');
    const value = this.#operand(this.#take());
    const result = this.#applied(name, value);
    this.#expect(')');
    return result;
  }

  #applied(name: string, value: AttributeValue | undefined): boolean {
    if (name === 'attribute_exists') return value !== undefined;
    if (name === 'attribute_not_exists') return value === undefined;
    if (name !== 'begins_with') throw invalid(`Invalid function name; function: ${name}`);
    this.#expect(',');
    const prefix = this.#operand(this.#take())?.S;
    return prefix !== undefined && (value?.S?.startsWith(prefix) ?? false);
  }

  #operand(word: string): AttributeValue | undefined {
    if (word.startsWith(':')) {
      const value = this.#condition.values[word];
      if (value === undefined) throw invalid(`no value is given for ${word}`);
      return value;
    }
    if (!/^#?[A-Za-z_]/.test(word)) throw invalid(`Syntax error near ${word}`);
    const name = word.startsWith('#') ? this.#condition.names[word] : unreserved(word);
    if (name === undefined) throw invalid(`no name is given for ${word}`);
    return this.#item?.[name];
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '(end)';
  }

  #take(): string {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #takes(token: string): boolean {
    const isNext = this.#peek().toUpperCase() === token;
    if (isNext) this.#at += 1;
    return isNext;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw invalid(`Syntax error near ${this.#peek()}`);
  }
}

/** Of the some 570 words that DynamoDB reserves, those that an attribute is likely to be called. */
const reserved: ReadonlySet<string> = new Set([
  'data',
  'date',
  'key',
  'name',
  'owner',
  'region',
  'role',
  'state',
  'status',
  'time',
  'timestamp',
  'ttl',
  'value',
]);

const unreserved = (word: string): string => {
  if (!reserved.has(word.toLowerCase())) return word;
  throw invalid(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
};

const compare = (
  left: AttributeValue | undefined,
  operator: string,
  right: AttributeValue | undefined,
): boolean => {
  const order = orderOf(left, right);
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order !== null && order < 0;
    case '<=':
      return order !== null && order <= 0;
    case '>':
      return order !== null && order > 0;
    case '>=':
      return order !== null && order >= 0;
    default:
      throw invalid(`Syntax error near ${operator}`);
  }
};

/** `null` when the two cannot be compared: one is missing, or they are of different types. */
const orderOf = (
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): number | null => {
  if (left?.N !== undefined && right?.N !== undefined) return Number(left.N) - Number(right.N);
  if (left?.S !== undefined && right?.S !== undefined) return left.S.localeCompare(right.S);
  if (left?.BOOL !== undefined && right?.BOOL !== undefined) {
    return Number(left.BOOL) - Number(right.BOOL);
  }
  return null;
};
