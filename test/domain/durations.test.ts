import { describe, expect, test } from '@jest/globals';
import { learnDurations, phaseDurations } from '../../functions/domain/durations.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 2, 0, minutes)).toISOString();

describe('the durations of a rebuild', () => {
  test('last from the beginning of a phase to that of the next', () => {
    const phases = {
      launch: { startedAt: at(0) },
      provision: { startedAt: at(2) },
      fill: { startedAt: at(12) },
    };

    expect(phaseDurations({ phases }, new Date(at(72)))).toEqual({
      launch: 120,
      provision: 600,
      fill: 3600,
    });
  });

  test('follow the order in which the phases came', () => {
    const phases = { admit: { startedAt: at(5) }, changeover: { startedAt: at(1) } };

    expect(phaseDurations({ phases }, new Date(at(6)))).toEqual({ changeover: 240, admit: 60 });
  });

  test('leave out the time that an admission waited for jobs', () => {
    const phases = { admit: { startedAt: at(0) }, standby: { startedAt: at(63) } };
    const admit = { status: 'ready' as const, drain: { seconds: 3600, jobs: 2 } };

    expect(phaseDurations({ phases, admit }, new Date(at(70)))).toEqual({
      admit: 180,
      standby: 420,
    });
  });

  test('are none when nothing has begun', () => {
    expect(phaseDurations({ phases: {} }, new Date(at(0)))).toEqual({});
  });
});

describe('what is learned', () => {
  test('grows by the latest rebuild', () => {
    expect(learnDurations({ launch: [10] }, { launch: 20, fill: 30 })).toEqual({
      launch: [10, 20],
      fill: [30],
    });
  });

  test('keeps phases that the latest rebuild did not have', () => {
    expect(learnDurations({ fill: [10] }, { launch: 20 })).toEqual({ fill: [10], launch: [20] });
  });

  test('forgets all but the last five', () => {
    expect(learnDurations({ fill: [1, 2, 3, 4, 5] }, { fill: 6 })).toEqual({
      fill: [2, 3, 4, 5, 6],
    });
  });
});
