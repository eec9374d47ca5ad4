import type { FollowedSync } from '../domain/sections.ts';
import type { ForemanTask } from '../domain/task.ts';
import type { PortsFor } from '../ports/port-methods.ts';

export const progressNeeds = ['content.isUnderWay', 'content.readTask'] as const;

/** At most this often… */
const shortestSeconds = 600;
/** …or after this share of the time since the start, whichever is longer. */
const shareOfElapsed = 0.1;

const isDue = ({ startedAt, progressAt }: FollowedSync, now: Date): boolean => {
  if (progressAt === undefined) return true;
  const elapsedSeconds = (now.getTime() - Date.parse(startedAt)) / 1000;
  const seconds = (now.getTime() - Date.parse(progressAt)) / 1000;
  return seconds >= Math.max(shortestSeconds, elapsedSeconds * shareOfElapsed);
};

/** A sync as far as it is known: the task, or that it still runs. */
export interface SyncProgress {
  /** `null` when it was only asked whether the sync still runs, which it does. */
  readonly task: ForemanTask | null;
  readonly progress: number;
  readonly progressAt: string;
}

/**
 * Foreman loads the whole plan of a task to tell its progress, thousands of steps for a large proxy. So that is asked
 * for now and then, and otherwise whether the task has ended. `null` when Katello no longer has the task.
 */
export const lookAtSync = async (
  { content }: PortsFor<typeof progressNeeds>,
  sync: FollowedSync,
  now: Date,
): Promise<SyncProgress | null> => {
  const { progress, progressAt = now.toISOString() } = sync;
  if (!isDue(sync, now) && (await content.isUnderWay(sync.taskId)))
    return { task: null, progress, progressAt };
  const task = await content.readTask(sync.taskId);
  return task && { task, progress: task.progress, progressAt: now.toISOString() };
};
