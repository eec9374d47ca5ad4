import type { ContentCounts } from '../domain/content-counts.ts';
import { NamedFailure } from '../domain/failures.ts';
import { hasEnded, hasSucceeded } from '../domain/task.ts';
import type { Ports } from '../ports/ports.ts';

/** Counts take Katello seconds to minutes. */
const countWaitSeconds = 20;

export type FreshCounts =
  | { readonly status: 'waiting'; readonly waitSeconds: number; readonly countTaskId: string }
  | { readonly status: 'ready'; readonly counts: ContentCounts };

const follow = async (
  ports: Pick<Ports, 'content'>,
  capsuleId: number,
  taskId: string,
): Promise<FreshCounts> => {
  const task = await ports.content.readTask(taskId);
  if (task !== null && !hasEnded(task)) {
    return { status: 'waiting', waitSeconds: countWaitSeconds, countTaskId: taskId };
  }
  if (task === null || !hasSucceeded(task)) {
    const met =
      task === null
        ? 'is no longer known'
        : `ended ${task.state}/${task.result}: ${task.errors.join('; ')}`;
    throw new NamedFailure(
      'ContentNotCounted',
      `Katello's count of the content, task ${taskId}, ${met}`,
    );
  }
  return { status: 'ready', counts: await ports.content.readCounts(capsuleId) };
};

/**
 * What is on the proxy now, counted anew by Katello: its stored counts still show the instance from before
 * the rebuild. Starts the count on the first call, follows it on the next ones.
 */
export const freshCounts = async (
  ports: Pick<Ports, 'content'>,
  capsuleId: number,
  countTaskId: string | null,
  requestId: string,
): Promise<FreshCounts> => {
  if (countTaskId !== null) return follow(ports, capsuleId, countTaskId);
  const task = await ports.content.startCount(capsuleId, requestId);
  return { status: 'waiting', waitSeconds: countWaitSeconds, countTaskId: task.id };
};
