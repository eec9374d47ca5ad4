import type { ContentCounts } from '../domain/content-counts.ts';
import { NamedFailure } from '../domain/failures.ts';
import { type ForemanTask, hasEnded, hasSucceeded } from '../domain/task.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** Counts take Katello seconds to minutes. */
const countWaitSeconds = 20;

/** A count is a read of the proxy's database; one that takes hours will not end. */
const countLimitMinutes = 120;

export const countNeeds = ['content.readCounts', 'content.readTask', 'content.startCount'] as const;
type CountPorts = PortsFor<typeof countNeeds> & PortsWith<'clock.now'>;

const assertInTime = ({ clock }: PortsWith<'clock.now'>, task: ForemanTask): void => {
  const startedAt = task.startedAt ?? clock.now();
  if (clock.now().getTime() - startedAt.getTime() <= countLimitMinutes * 60_000) return;
  throw new NamedFailure(
    'ContentNotCounted',
    `Katello's count of the content, task ${task.id}, has not ended after ${countLimitMinutes} minutes`,
  );
};

export type FreshCounts =
  | { readonly status: 'waiting'; readonly waitSeconds: number; readonly countTaskId: string }
  | { readonly status: 'ready'; readonly counts: ContentCounts };

const follow = async (
  ports: CountPorts,
  capsuleId: number,
  taskId: string,
): Promise<FreshCounts> => {
  const task = await ports.content.readTask(taskId);
  if (task !== null && !hasEnded(task)) {
    assertInTime(ports, task);
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
  ports: CountPorts,
  capsuleId: number,
  countTaskId: string | null,
  requestId: string,
): Promise<FreshCounts> => {
  if (countTaskId !== null) return follow(ports, capsuleId, countTaskId);
  const task = await ports.content.startCount(capsuleId, requestId);
  return { status: 'waiting', waitSeconds: countWaitSeconds, countTaskId: task.id };
};
