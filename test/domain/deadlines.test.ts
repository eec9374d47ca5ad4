import { describe, expect, test } from '@jest/globals';
import {
  assertInTime,
  elapsedSeconds,
  type LimitedPhase,
} from '../../functions/domain/deadlines.ts';
import { failureIn } from './failure.ts';

const startedAt = '2026-11-02T00:00:00.000Z';
const after = (minutes: number, seconds = 0): Date =>
  new Date(Date.UTC(2026, 10, 2, 0, minutes, seconds));
const begun = (phase: LimitedPhase) => ({ phases: { [phase]: { startedAt } } });

describe('a phase', () => {
  test.each<[LimitedPhase, number, string]>([
    ['inspect', 60, 'NotReadyForRebuild'],
    ['launch', 20, 'LaunchTimedOut'],
    ['provision', 120, 'ProvisioningTimedOut'],
    ['admit', 45, 'ReplacementUnhealthy'],
    ['standby', 45, 'StandbyTimedOut'],
    ['retire', 45, 'RetireTimedOut'],
    ['restore', 120, 'RestoreTimedOut'],
  ])('%s may take %d minutes, then it is %s', (phase, minutes, failure) => {
    expect(() => assertInTime(begun(phase), phase, after(minutes), 'no word')).not.toThrow();
    expect(
      failureIn(() => assertInTime(begun(phase), phase, after(minutes, 1), 'no word')),
    ).toMatchObject({
      name: failure,
      message: `after ${minutes} minutes no word`,
    });
  });

  test('that has not begun has taken no time', () => {
    expect(elapsedSeconds({ phases: {} }, 'launch', after(999))).toBe(0);
    expect(() => assertInTime({ phases: {} }, 'launch', after(999), '')).not.toThrow();
  });

  test('that begins after our clock says now has taken no time', () => {
    expect(elapsedSeconds(begun('launch'), 'launch', after(-5))).toBe(0);
  });
});
