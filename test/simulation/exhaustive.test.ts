import { beforeAll, describe, expect, test } from '@jest/globals';
import type { SimulatedCase } from '../../sandbox/simulate/case-run.ts';
import { enumeratedCases } from '../../sandbox/simulate/exhaustive.ts';
import { simulateOne } from '../../sandbox/simulate/simulate-one.ts';

/** `npm run simulate -- --exhaustive` runs all of them. */
const everyNth = 250;

let cases: readonly SimulatedCase[] = [];
beforeAll(async () => {
  cases = await enumeratedCases('singles');
});

describe('the enumeration of single mishaps', () => {
  test.each(['two-names', 'one-name'] as const)('has every step of a rebuild with %s', (layout) => {
    const operations = cases
      .filter((one) => one.layout === layout)
      .flatMap(({ mishaps = [] }) => mishaps.map(({ operation }) => operation));

    for (const step of ['launchReplacement', 'startSync', 'retireIncumbent', 'settleProxy'])
      expect(operations).toContain(step);
    expect(operations).toContain('EnterStandby');
    expect(operations).toContain('TerminateInstanceInAutoScalingGroup');
  });

  test('has one mishap in each case, and no case twice', () => {
    expect(
      cases.every(({ mishaps, faults }) => mishaps?.length === 1 && faults?.length === 0),
    ).toBe(true);
    expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(cases.length);
  });

  test('strikes where it says, and no promise is broken', async () => {
    for (const one of cases.filter((_, index) => index % everyNth === 0)) {
      const { struck, violations } = await simulateOne(one);

      expect(struck).toEqual(one.mishaps);
      expect({ one, violations }).toEqual({ one, violations: [] });
    }
  });
});
