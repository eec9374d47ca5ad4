import { describe, expect, test } from '@jest/globals';
import { holds, type Item } from '../../../sandbox/aws/condition.ts';

const item: Item = { id: { S: 'lock#p' }, owner: { S: 'me' }, version: { N: '10' } };
const values = {
  ':me': { S: 'me' },
  ':you': { S: 'you' },
  ':nine': { N: '9' },
  ':ten': { N: '10' },
  ':lock': { S: 'lock#' },
};
const names = { '#owner': 'owner' };
const evaluate = (expression: string, on: Item | undefined = item) =>
  holds({ expression, names, values }, on);

describe('a condition', () => {
  test.each([
    ['attribute_exists(id)', true],
    ['attribute_not_exists(id)', false],
    ['#owner = :me', true],
    ['#owner=:you', false],
    ['#owner <> :you', true],
    ['version > :nine', true],
    ['version<:ten', false],
    ['version <= :ten AND version >= :ten', true],
    ['version = :me', false],
    ['begins_with(id, :lock)', true],
    ['begins_with(#owner, :lock)', false],
    ['attribute_not_exists(id) OR #owner = :me', true],
    ['attribute_exists(id) OR attribute_exists(no) AND attribute_exists(no)', true],
    ['(attribute_exists(id) OR attribute_exists(no)) AND attribute_exists(no)', false],
    ['NOT #owner = :you', true],
    ['not attribute_exists(id)', false],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  test('holds for the lack of an item only where it says so', () => {
    expect(holds({ expression: 'attribute_not_exists(id)', names, values }, undefined)).toBe(true);
    expect(holds({ expression: '#owner <> :me', names, values }, undefined)).toBe(true);
    expect(holds({ expression: '#owner = :me', names, values }, undefined)).toBe(false);
  });

  test.each([
    ['#owner = ', 'Syntax error near'],
    ['owner = :me', 'reserved keyword: owner'],
    ['#owner = :missing', 'no value is given for :missing'],
    ['#missing = :me', 'no name is given for #missing'],
    ['size_of(id)', 'Invalid function name'],
    ['#owner = :me :me', 'Syntax error near :me'],
    ['#owner ! :me', 'Syntax error near !'],
    ['(#owner = :me', 'Syntax error'],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(new RegExp(message));
  });
});
