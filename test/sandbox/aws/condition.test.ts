import { describe, expect, test } from '@jest/globals';
import { holds, type Item } from '../../../sandbox/aws/condition.ts';

const item: Item = { id: { S: 'lock#p' }, owner: { S: 'me' }, version: { N: '10' } };
const values = {
  ':me': { S: 'me' },
  ':you': { S: 'you' },
  ':nine': { N: '9' },
  ':ten': { N: '10.0' },
};
const names = { '#owner': 'owner' };
const evaluate = (expression: string, on: Item | undefined = item) =>
  holds({ expression, names, values }, on);

describe('a condition', () => {
  test.each([
    ['attribute_not_exists(id)', false],
    ['attribute_not_exists(fulfilledAt)', true],
    ['#owner = :me', true],
    ['#owner = :you', false],
    ['#owner <> :you', true],
    ['version = :ten', true],
    ['version = :me', false],
    ['version < :ten', false],
    ['version < :nine', false],
    ['attribute_not_exists(id) OR #owner = :me', true],
    ['attribute_not_exists(id) OR (#owner = :me AND attribute_not_exists(version))', false],
    ['attribute_not_exists(id) OR (#owner = :me AND attribute_not_exists(no))', true],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  test('compares numbers as numbers', () => {
    expect(evaluate('version < :ten', { version: { N: '9' } })).toBe(true);
    expect(evaluate('missing < :ten')).toBe(false);
  });

  test('holds for the lack of an item only where it says so', () => {
    expect(holds({ expression: 'attribute_not_exists(id)', names, values }, undefined)).toBe(true);
    expect(holds({ expression: '#owner <> :me', names, values }, undefined)).toBe(true);
    expect(holds({ expression: '#owner = :me', names, values }, undefined)).toBe(false);
  });

  test.each([
    ['owner = :me', 'reserved keyword: owner'],
    ['#owner = :missing', 'no value is given for :missing'],
    ['#missing = :me', 'no name is given for #missing'],
    ['attribute_not_exists(no) OR #missing = :me', 'no name is given for #missing'],
  ])('%s is refused as DynamoDB refuses it', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(message);
  });

  test.each([
    '#owner = ',
    '#owner >= :me',
    'NOT #owner = :me',
    'begins_with(id, :me)',
    '(#owner = :me OR #owner = :you) AND version = :ten',
    '',
  ])('that is not in use is refused by its words: %s', (expression) => {
    expect(() => evaluate(expression)).toThrow(
      'The simulated dynamodb does not know the condition',
    );
  });
});
