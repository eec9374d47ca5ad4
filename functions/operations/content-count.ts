import type { ContentCounts } from '../domain/content-counts.ts';
import { NamedFailure } from '../domain/failures.ts';
import { type ForemanTask, hasEnded, hasSucceeded } from '../domain/task.ts';
import { pathAdviceFor } from '../domain/timed-out-connection.ts';
import { notYetAfter, type Waiting } from '../domain/waiting.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

export const countNeeds = ['content.readCounts', 'content.readTask', 'content.startCount'] as const;
type CountPorts = PortsFor<typeof countNeeds> & PortsWith<'clock.now'>;

export type FreshCounts =
  | (Waiting & { readonly countTaskId: string })
  | { readonly status: 'ready'; readonly counts: ContentCounts };

const underWay = (ports: PortsWith<'clock.now'>, task: ForemanTask): FreshCounts => {
  const now = ports.clock.now();
  const seconds = (now.getTime() - (task.startedAt ?? now).getTime()) / 1000;
  const words = `Katello is counting the content, task ${task.id}`;
  return { ...notYetAfter(seconds, 'count', words), countTaskId: task.id };
};

const follow = async (
  ports: CountPorts,
  capsuleId: number,
  taskId: string,
): Promise<FreshCounts> => {
  const task = await ports.content.readTask(taskId);
  if (task !== null && !hasEnded(task)) return underWay(ports, task);
  if (task === null || !hasSucceeded(task)) {
    const met =
      task === null
        ? 'no longer exists'
        : `ended ${task.state}/${task.result}: ${task.errors.join('; ')}`;
    throw new NamedFailure(
      'ContentNotCounted',
      `Katello's count of the content, task ${taskId}, ${met}${pathAdviceFor(met)}`,
    );
  }
  return { status: 'ready', counts: await ports.content.readCounts(capsuleId) };
};

/**
 * The proxy's current content, counted again by Katello: its stored counts still describe the instance before
 * the rebuild. The first call starts the count, the next ones follow it.
 */
export const freshCounts = async (
  ports: CountPorts,
  capsuleId: number,
  countTaskId: string | null,
  requestId: string,
): Promise<FreshCounts> => {
  if (countTaskId !== null) return follow(ports, capsuleId, countTaskId);
  return underWay(ports, await ports.content.startCount(capsuleId, requestId));
};
