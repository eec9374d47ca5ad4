import { beforeAll, describe, expect, test } from '@jest/globals';
import { isInjected } from '../../sandbox/faults/fault.ts';
import type { SimulatedCase } from '../../sandbox/simulate/case-run.ts';
import { enumeratedCases } from '../../sandbox/simulate/exhaustive.ts';
import { simulateOne } from '../../sandbox/simulate/simulate-one.ts';

/** `npm run simulate -- --exhaustive` runs all of them. */
const everyNth = 250;

let cases: readonly SimulatedCase[] = [];
beforeAll(async () => {
  cases = await enumeratedCases('singles');
});

describe('the enumeration of single faults', () => {
  test.each(['two-names', 'one-name'] as const)('has every step of a rebuild with %s', (layout) => {
    const operations = cases
      .filter((one) => one.layout === layout)
      .flatMap(({ faults = [] }) => faults.filter(isInjected).map(({ operation }) => operation));

    for (const step of ['launchReplacement', 'startSync', 'retireIncumbent', 'settleProxy'])
      expect(operations).toContain(step);
    expect(operations).toContain('EnterStandby');
    expect(operations).toContain('TerminateInstanceInAutoScalingGroup');
  });

  test('has one fault in each case, and no case twice', () => {
    expect(cases.every(({ faults = [] }) => faults.length === 1 && faults.every(isInjected))).toBe(
      true,
    );
    expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(cases.length);
  });

  test('strikes where it says, and no promise is broken', async () => {
    for (const one of cases.filter((_, index) => index % everyNth === 0)) {
      const { faults, violations } = await simulateOne(one);

      expect(faults).toEqual(one.faults);
      expect({ one, violations }).toEqual({ one, violations: [] });
    }
  });
});
