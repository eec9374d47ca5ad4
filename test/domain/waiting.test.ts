import { describe, expect, test } from '@jest/globals';
import type { Phase } from '../../functions/domain/record.ts';
import {
  elapsedSeconds,
  type LimitedPhase,
  notYet,
  notYetAfter,
  notYetWaited,
  ready,
  waiting,
} from '../../functions/domain/waiting.ts';
import { failureIn } from './failure.ts';

const startedAt = '2026-11-02T00:00:00.000Z';
const after = (seconds: number): Date => new Date(Date.UTC(2026, 10, 2, 0, 0, seconds));
const begun = (phase: Phase) => ({ phases: { [phase]: { startedAt } } });
const words = 'i-0abc is Pending:Wait';

describe('a phase', () => {
  test.each<[LimitedPhase, number, string]>([
    ['inspect', 60, 'NotReadyForRebuild'],
    ['launch', 20, 'LaunchTimedOut'],
    ['provision', 120, 'ProvisioningTimedOut'],
    ['admit', 45, 'ReplacementUnhealthy'],
    ['standby', 45, 'StandbyTimedOut'],
    ['retire', 45, 'RetireTimedOut'],
    ['rollback', 120, 'RollbackTimedOut'],
  ])('%s may take %d minutes, then it is %s', (phase, minutes, failure) => {
    const look = (seconds: number) => notYet(begun(phase), phase, after(seconds), words);

    expect(look(minutes * 60)).toMatchObject({ status: 'waiting', waitingFor: words });
    expect(failureIn(() => look(minutes * 60 + 1))).toMatchObject({
      name: failure,
      message: `still after ${minutes} minutes: ${words}`,
    });
  });

  test('that has not begun has taken no time', () => {
    expect(elapsedSeconds({ phases: {} }, 'launch', after(60_000))).toBe(0);
    expect(notYet({ phases: {} }, 'launch', after(60_000), words)).toMatchObject({
      status: 'waiting',
    });
  });

  test('that begins after our clock says now has taken no time', () => {
    expect(elapsedSeconds(begun('launch'), 'launch', after(-300))).toBe(0);
  });
});

describe('the next look', () => {
  test.each<[LimitedPhase, number]>([
    ['inspect', 60],
    ['launch', 15],
    ['rollback', 30],
  ])('at %s comes in %d seconds, however long past rebuilds took', (phase, seconds) => {
    const run = { ...begun(phase), plan: { expectedSeconds: { [phase]: 9000 } } };

    expect(notYet(run, phase, after(100), words)).toEqual(waiting(seconds, words));
  });

  test.each<[LimitedPhase, number | null, number]>([
    ['admit', 1000, 850],
    ['admit', null, 50],
    ['standby', 1000, 850],
    ['retire', 1000, 850],
    ['provision', 1000, 850],
    ['provision', null, 1020],
  ])('at %s, when past rebuilds took %j seconds for it, comes in %d', (phase, past, seconds) => {
    const plan = { expectedSeconds: past === null ? {} : { [phase]: past } };

    expect(notYet({ ...begun(phase), plan }, phase, after(0), words)).toEqual(
      waiting(seconds, words),
    );
  });
});

describe('a part of a phase', () => {
  test.each([
    ['count', 7200, 20, 120, 'ContentNotCounted'],
    ['control', 870, 30, 15, 'ControlNameNotMoved'],
    ['fence', 840, 30, 14, 'FenceBroken'],
    ['relapse', 300, 30, 5, 'ReplacementUnhealthy'],
  ] as const)(
    '%s may take %d seconds, with a look every %d',
    (awaited, limitSeconds, lookSeconds, minutes, name) => {
      expect(notYetAfter(limitSeconds, awaited, words)).toEqual(waiting(lookSeconds, words));
      expect(failureIn(() => notYetAfter(limitSeconds + 1, awaited, words))).toMatchObject({
        name,
        message: `still after ${minutes} minutes: ${words}`,
      });
    },
  );

  test('counts the seconds between its looks, and none of those in which it could not look', () => {
    const first = notYetWaited(undefined, 'fence', words);

    expect(first).toEqual({ ...waiting(30, words), waitedSeconds: 30 });
    expect(notYetWaited(first, 'fence', words)).toMatchObject({ waitedSeconds: 60 });
    expect(notYetWaited({ status: 'ready' }, 'fence', words)).toEqual(first);
    expect(
      failureIn(() => notYetWaited({ ...first, waitedSeconds: 870 }, 'fence', words)),
    ).toMatchObject({ name: 'FenceBroken', message: `still after 15 minutes: ${words}` });
  });
});

describe('an answer', () => {
  test('says what is missing in no more words than a person reads', () => {
    const { waitingFor } = waiting(30, '🙂'.repeat(300));

    expect([...waitingFor]).toHaveLength(200);
    expect(waitingFor).toMatch(/^🙂+…$/u);
    expect(waiting(30, 'x'.repeat(200)).waitingFor).toBe('x'.repeat(200));
  });

  test('that is ready holds what others read', () => {
    expect(ready()).toEqual({ status: 'ready' });
    expect(ready({ filled: true })).toEqual({ status: 'ready', filled: true });
  });
});
