import { describe, expect, test } from '@jest/globals';
import { errorNames } from '../../../statemachine/error-names.ts';
import { proxyOf, runFaults } from './run.ts';

const proxy = 'eu-north';
const asleep = errorNames.functionLost.asleep;

/** Runs after a pause of so many days. */
const runAfter = (idleDays: number, reason: 'scheduled' | 'heal') =>
  runFaults([], { proxies: [proxy], reason, idleDays });

describe('after 21 days in which no function was called', () => {
  test.each([
    ['rebuild', 'scheduled'],
    ['heal', 'heal'],
  ] as const)(
    `a %s continues once the functions answer again, after ${asleep}`,
    async (_, reason) => {
      const run = await runAfter(21, reason);

      expect(run.simulation.tasks.refusedAsleep).toBeGreaterThan(0);
      expect(proxyOf(run, proxy)).toMatchObject({
        outcome: reason === 'heal' ? 'healed' : 'rebuilt',
        failure: null,
      });
      expect(run.result.invariants.violations).toEqual([]);
    },
  );
});

test('functions that were called within 14 days answer at once', async () => {
  const run = await runAfter(13, 'scheduled');

  expect(run.simulation.tasks.refusedAsleep).toBe(0);
});
