import { describe, expect, test } from '@jest/globals';
import { measure } from '../../../sandbox/measure/measure.ts';

describe.each([
  { syncHours: 3, hasPast: true, transitions: 150 },
  { syncHours: 3, hasPast: false, transitions: 240 },
  { syncHours: 24, hasPast: true, transitions: 220 },
  { syncHours: 24, hasPast: false, transitions: 260 },
])(
  'a sync of $syncHours h, past rebuilds known: $hasPast',
  ({ syncHours, hasPast, transitions }) => {
    test(`costs at most ${transitions} state transitions, and every decision comes in time`, async () => {
      const figures = await measure(2, { syncHours, hasPast });

      expect(figures.rebuilds).toBe(6);
      expect(figures.transitionsMax).toBeLessThanOrEqual(transitions);
      expect(figures.tooLate).toEqual([]);
      expect(figures.addedShareMax).toBeLessThan(0.03);
      expect(figures.wholeMean).toBeLessThan(1.02);
    });
  },
);
