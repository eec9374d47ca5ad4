import { describe, expect, test } from '@jest/globals';
import type { FollowedSync } from '../../functions/domain/sections.ts';
import { assertSyncInTime, judgeEndedSync } from '../../functions/domain/sync-verdict.ts';
import {
  type ForemanTask,
  hasEnded,
  hasSucceeded,
  type TaskResult,
  type TaskState,
} from '../../functions/domain/task.ts';
import { aFleet } from './a-fleet.ts';
import { failureIn } from './failure.ts';

const task = (state: TaskState, result: TaskResult, minutes = 120): ForemanTask => ({
  id: 'task-7',
  state,
  result,
  progress: 1,
  startedAt: new Date('2026-11-02T00:00:00Z'),
  endedAt: new Date(Date.UTC(2026, 10, 2, 0, minutes)),
  errors: ['Yum metadata is unreachable'],
  requestId: null,
});

const sync = (changes: Partial<FollowedSync> = {}): FollowedSync => ({
  taskId: 'task-7',
  scope: 'complete',
  attempt: 1,
  startedAt: '2026-11-02T00:00:00.000Z',
  progress: 0.42,
  ...changes,
});
const content = { ...aFleet().content, minimumSyncSeconds: 60 };
const lastAttempt = sync({ attempt: 2 });

describe('a Foreman task', () => {
  test.each<[TaskState, TaskResult, boolean, boolean]>([
    ['stopped', 'success', true, true],
    ['stopped', 'warning', true, false],
    ['stopped', 'error', true, false],
    ['stopped', 'cancelled', true, false],
    ['paused', 'error', true, false],
    ['paused', 'success', true, false],
    ['paused', 'pending', false, false],
    ['planned', 'pending', false, false],
    ['running', 'pending', false, false],
    ['running', 'success', false, false],
  ])('that is %s/%s has ended: %j, in success: %j', (state, result, ended, succeeded) => {
    expect([hasEnded(task(state, result)), hasSucceeded(task(state, result))]).toEqual([
      ended,
      succeeded,
    ]);
  });
});

describe('an ended sync', () => {
  test('that took its time and succeeded is good', () => {
    expect(judgeEndedSync(task('stopped', 'success'), sync(), content)).toBe('ready');
  });

  test.each<[TaskState, TaskResult]>([
    ['stopped', 'error'],
    ['stopped', 'warning'],
    ['paused', 'error'],
  ])('that is %s/%s is tried again while attempts are left', (state, result) => {
    expect(judgeEndedSync(task(state, result), sync(), content)).toBe('again');
  });

  test.each<[string, ForemanTask, FollowedSync, string]>([
    ['that failed', task('stopped', 'error'), lastAttempt, 'SyncFailed'],
    ['with warnings', task('stopped', 'warning'), lastAttempt, 'SyncFailed'],
    ['that waits for a person', task('paused', 'error'), lastAttempt, 'SyncPaused'],
    ['that a person cancelled, at once', task('stopped', 'cancelled'), sync(), 'SyncCancelled'],
    ['that did nothing', task('stopped', 'success', 0.5), sync(), 'SyncSuspiciouslyFast'],
  ])('%s ends the rebuild by name', (_name, ended, followed, failure) => {
    expect(failureIn(() => judgeEndedSync(ended, followed, content)).name).toBe(failure);
  });

  test('that ends in a warning because a person cancelled it is not tried again', () => {
    const cancelled = { ...task('stopped', 'warning'), errors: ['Task canceled'] };

    expect(failureIn(() => judgeEndedSync(cancelled, sync(), content)).name).toBe('SyncCancelled');
  });

  test('tells what Foreman said', () => {
    const { message } = failureIn(() =>
      judgeEndedSync(task('stopped', 'error'), lastAttempt, content),
    );

    expect(message).toBe(
      'task task-7 ended stopped/error: Yum metadata is unreachable (attempt 2)',
    );
  });

  test('may be as fast as it likes when it was a light one', () => {
    const light = sync({ scope: 'light' });

    expect(judgeEndedSync(task('stopped', 'success', 0), light, content)).toBe('ready');
  });

  test('may be as fast as it likes without a limit in the fleet file', () => {
    const { content: unlimited } = aFleet();

    expect(judgeEndedSync(task('stopped', 'success', 0), sync(), unlimited)).toBe('ready');
  });

  test('may take exactly the least time', () => {
    expect(judgeEndedSync(task('stopped', 'success', 1), sync(), content)).toBe('ready');
  });
});

describe('a running sync', () => {
  const limitSeconds = 36 * 3600;

  test('may take as long as the fleet file says', () => {
    expect(() => assertSyncInTime(sync(), content, limitSeconds)).not.toThrow();
  });

  test('is given up after that, all attempts together', () => {
    const { name, message } = failureIn(() => assertSyncInTime(sync(), content, limitSeconds + 1));

    expect(name).toBe('SyncTimedOut');
    expect(message).toContain('task-7 has not ended after 36 hours (content.syncLimitHours)');
    expect(message).toContain('progress 42 %');
  });
});
