import { describe, expect, test } from '@jest/globals';
import { isInjected } from '../../sandbox/faults/fault.ts';
import { simulateOne } from '../../sandbox/simulate/simulate-one.ts';

/** Fixed ones, so that a change is judged by the same worlds; `npm run simulate` looks for new ones. */
const fixedSeeds = Array.from({ length: 10 }, (_, index) => index + 1);

describe('a fleet on which calls get lost, functions die and people interfere', () => {
  test.each(fixedSeeds)(
    'keeps every promise, and can be rebuilt once that is over (seed %i)',
    async (seed) => {
      const { violations, rebuilds } = await simulateOne({ seed });

      expect(violations).toEqual([]);
      expect(rebuilds).toBeGreaterThan(0);
    },
  );

  test('meets the same faults and goes the same way for the same seed', async () => {
    const [first, second, other] = [
      await simulateOne({ seed: 7 }),
      await simulateOne({ seed: 7 }),
      await simulateOne({ seed: 8 }),
    ];

    expect(second).toEqual(first);
    expect(other.traceHash).not.toBe(first.traceHash);
    expect(first.faults.filter(isInjected).length).toBeGreaterThan(0);
  });

  test('goes the same way when the faults are given instead of drawn', async () => {
    const { faults, traceHash } = await simulateOne({ seed: 7 });

    const again = await simulateOne({ seed: 7, faults });

    expect(again.traceHash).toBe(traceHash);
  });

  test('is left in peace by the profile in which nothing goes wrong', async () => {
    const { faults } = await simulateOne({ seed: 7, profile: 'calm' });

    expect(faults).toEqual([]);
  });
});
