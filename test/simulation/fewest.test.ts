import { describe, expect, test } from '@jest/globals';
import { fewest } from '../../sandbox/simulate/fewest.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);
const needs =
  (...needed: readonly number[]) =>
  (elements: readonly number[]): Promise<boolean> =>
    Promise.resolve(needed.every((each) => elements.includes(each)));

describe('the fewest things that have to go wrong', () => {
  test.each([[[3]], [[3, 17]], [[0, 50, 99]], [[]]])('are %j', async (needed) => {
    expect(await fewest(hundred, needs(...needed), 1000)).toEqual(needed);
  });

  test('are unknown when all together break nothing', async () => {
    expect(await fewest(hundred, needs(100), 1000)).toBeNull();
  });

  test('are looked for within a number of attempts, and still break when those are used up', async () => {
    let attempts = 0;
    const breaks = (elements: readonly number[]): Promise<boolean> => {
      attempts += 1;
      return needs(3, 17)(elements);
    };

    const found = await fewest(hundred, breaks, 9);

    expect(attempts).toBeLessThanOrEqual(9);
    expect(found).toEqual(expect.arrayContaining([3, 17]));
    expect(found?.length).toBeLessThan(100);
  });
});
