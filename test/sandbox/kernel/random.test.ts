import { expect, test } from '@jest/globals';
import { Random } from '../../../sandbox/kernel/random.ts';

test('between by ratio is as often below the geometric mean as above, and never outside', () => {
  const random = new Random(7);
  const drawn = Array.from({ length: 2000 }, () => random.betweenByRatio(100, 10_000));

  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...drawn)).toBeLessThan(10_000);
  const below = drawn.filter((number) => number < 1000).length;
  expect(below / drawn.length).toBeCloseTo(0.5, 1);
});

test('a UUID has the form that AWS and Foreman check ids for', () => {
  expect(new Random(7).uuid()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
