import { syncRequestId } from '../domain/derived-id.ts';
import { isFailure, NamedFailure } from '../domain/failures.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import type { Refill } from '../domain/refill.ts';
import type { FollowedSync } from '../domain/sections.ts';
import { assertSyncInTime, judgeEndedSync } from '../domain/sync-verdict.ts';
import { type ForemanTask, hasEnded } from '../domain/task.ts';
import { waiting } from '../domain/waiting.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { attemptsMax, refillStage, type stopNeeds, stopOwnSyncs } from './own-syncs.ts';

/** Notes that the survivor has to be filled again; noted twice, it stays as it is. */
export const oweRefill = async (
  ports: PortsWith<'clock.now' | 'ledger.update'>,
  proxy: string,
  { owner, capsuleId }: Pick<RestorePoint, 'owner' | 'capsuleId'>,
): Promise<void> => {
  if (capsuleId === null) return;
  const since = ports.clock.now().toISOString();
  const owed = { owner, capsuleId, since, attempt: 0, taskId: null, isGivenUp: false };
  await ports.ledger.update(proxy, (old) =>
    old.refill?.owner === owner ? old : { ...old, refill: owed },
  );
};

/**
 * Stops a refill that is under way, and returns whether it has ended. A rebuild does not wait for it: it fills a
 * replacement, and if it fails, its own rollback has the refill started again.
 */
export const stopRefill = async (
  ports: PortsFor<typeof stopNeeds> & PortsWith<'ledger.update'>,
  proxy: string,
  { refill }: ProxyRecord,
): Promise<boolean> => {
  if (refill === null) return true;
  // Without a task as well: the answer of the call that started one may have been lost.
  if (!(await stopOwnSyncs(ports, refill))) return false;
  if (refill.taskId === null) return true;
  await ports.ledger.update(proxy, (old) => ({
    ...old,
    refill: old.refill && { ...old.refill, taskId: null },
  }));
  return true;
};

/** Nobody waits for a refill, so there is no hurry to see its end. */
export const refillLookSeconds = 900;

export const runningRefill = ({ id, state, progress }: ForemanTask) => ({
  ...waiting(refillLookSeconds, `Katello's sync is ${state}, ${Math.round(progress * 100)} %`),
  taskId: id,
});

type Judged = ForemanTask | 'filled' | 'start';

const asFollowed = ({ attempt, since }: Refill, taskId: string): FollowedSync => ({
  taskId,
  scope: 'complete',
  attempt,
  startedAt: since,
  progress: 0,
});

/** What has become of the last sync; throws once nothing more is to be tried. */
export const judgeRefill = async (
  ports: PortsWith<'clock.now' | 'content.readTask' | 'content.stopTasks'>,
  refill: Refill,
  content: Fleet['content'],
): Promise<Judged> => {
  const sync = asFollowed(refill, refill.taskId ?? 'none');
  assertSyncInTime(sync, content, (ports.clock.now().getTime() - Date.parse(refill.since)) / 1000);
  const task = refill.taskId === null ? null : await ports.content.readTask(refill.taskId);
  if (task !== null && !hasEnded(task)) return task;
  if (task?.state === 'paused') await ports.content.stopTasks([task]);
  if (task !== null && judgeEndedSync(task, sync, content) === 'ready') return 'filled';
  if (refill.attempt < attemptsMax) return 'start';
  throw new NamedFailure('SyncFailed', `none of ${attemptsMax} syncs has ended successfully`);
};

/** Starts the next sync, or adopts the one that a call with a lost answer has started. */
export const startRefill = async (
  ports: PortsWith<'content.startSync' | 'ledger.update'>,
  proxy: string,
  refill: Refill,
): Promise<ForemanTask> => {
  const attempt = refill.attempt + 1;
  const requestId = syncRequestId(refill.owner, refillStage, attempt);
  const task = await ports.content.startSync(refill.capsuleId, 'complete', requestId);
  const started = { ...refill, attempt, taskId: task.id };
  await ports.ledger.update(proxy, (old) => ({ ...old, refill: started }));
  return task;
};

/** These say that the content was not brought, not that Katello could not be asked. */
export const endsRefill = (error: unknown): boolean =>
  isFailure(
    error,
    'SyncFailed',
    'SyncPaused',
    'SyncCancelled',
    'SyncTimedOut',
    'SyncSuspiciouslyFast',
  );
