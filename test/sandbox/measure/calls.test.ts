import { describe, expect, test } from '@jest/globals';
import { measure, sum } from '../../../sandbox/measure/measure.ts';

describe.each([3, 300])('a rebuild in a fleet of %i proxies', (fleetSize) => {
  test('makes as many calls of AWS as in any other fleet', async () => {
    const { calls, rebuilds } = await measure(1, { syncHours: 3, hasPast: true, fleetSize });

    expect(rebuilds).toBe(3);
    expect(calls.get('ssm')).toBeLessThan(100);
    expect(sum(calls.values())).toBeLessThanOrEqual(300);
  });
});
