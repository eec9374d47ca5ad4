import { type FailureName, NamedFailure } from './failures.ts';
import type { Fleet } from './fleet.ts';
import type { FollowedSync } from './sections.ts';
import { type ForemanTask, hasSucceeded, tookSeconds } from './task.ts';
import { pathAdviceFor } from './timed-out-connection.ts';

/** A sync that a person cancels in Katello usually ends in a warning that says so. */
const isCancelled = ({ result, errors }: ForemanTask): boolean =>
  result === 'cancelled' ||
  (result === 'warning' && errors.some((error) => /task cancell?ed/i.test(error)));

const failureOf = (task: ForemanTask): FailureName => {
  if (task.state === 'paused') return 'SyncPaused';
  return isCancelled(task) ? 'SyncCancelled' : 'SyncFailed';
};

/** Advice comes before the errors: there is one for each repository, and a long text is truncated at its end. */
const wordsOf = ({ id, state, result, errors }: ForemanTask): string => {
  const said = errors.join('; ');
  const ended = `task ${id} ended ${state}/${result}${pathAdviceFor(said)}`;
  return said === '' ? ended : `${ended}: ${said}`;
};

/** Only by the fleet file: how fast a sync can be depends on its content, which is compared anyway. */
const assertWasReal = (
  task: ForemanTask,
  { scope }: FollowedSync,
  { minimumSyncSeconds: least = 0 }: Fleet['content'],
): void => {
  const seconds = tookSeconds(task);
  if (scope === 'light' || seconds === undefined || seconds >= least) return;
  throw new NamedFailure(
    'SyncSuspiciouslyFast',
    `task ${task.id} succeeded after ${Math.round(seconds)} s; a complete sync takes at least ${least} s (content.minimumSyncSeconds)`,
  );
};

/**
 * The verdict on a sync that has ended: `ready`, or `again` while attempts are left; throws if none is left.
 * A sync that a person cancelled is not retried.
 */
export const judgeEndedSync = (
  task: ForemanTask,
  sync: FollowedSync,
  content: Fleet['content'],
): 'ready' | 'again' => {
  if (hasSucceeded(task)) {
    assertWasReal(task, sync, content);
    return 'ready';
  }
  if (!isCancelled(task) && sync.attempt < content.syncAttempts) return 'again';
  throw new NamedFailure(failureOf(task), `${wordsOf(task)} (attempt ${sync.attempt})`);
};

/** Limits all attempts of one stage together: the launch hook, and so a fill, cannot last longer than 48 h. */
export const assertSyncInTime = (
  sync: FollowedSync,
  content: Fleet['content'],
  elapsedSeconds: number,
): void => {
  if (elapsedSeconds <= content.syncLimitHours * 3600) return;
  throw new NamedFailure(
    'SyncTimedOut',
    `task ${sync.taskId} has not ended after ${content.syncLimitHours} hours (content.syncLimitHours); progress ${Math.round(sync.progress * 100)} %`,
  );
};
