import { z } from 'zod';
import { type ForemanTask, hasEnded } from '../../domain/task.ts';
import type { KatelloClient } from './client.ts';

const anyObject = z.record(z.string(), z.unknown());

/**
 * Cancelling only affects tasks that are running at that moment and skips paused or planned ones; those are
 * halted instead, which requires nothing to run.
 */
const needsHalt = (task: ForemanTask): boolean =>
  task.state === 'paused' || task.state === 'planned';

const post = async (
  client: KatelloClient,
  action: 'bulk_cancel' | 'bulk_stop',
  tasks: readonly ForemanTask[],
): Promise<void> => {
  const [first] = tasks;
  if (first === undefined) return;
  const path = `/foreman_tasks/api/tasks/${action}`;
  const requestId = `stop-${first.id}`.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 255);
  const body = { task_ids: tasks.map(({ id }) => id) };
  await client.call({ method: 'POST', path, body, requestId }, anyObject);
};

export const stopTasks = async (
  client: KatelloClient,
  tasks: readonly ForemanTask[],
): Promise<void> => {
  const open = tasks.filter((task) => task.state === 'paused' || !hasEnded(task));
  await post(
    client,
    'bulk_cancel',
    open.filter((task) => !needsHalt(task)),
  );
  await post(client, 'bulk_stop', open.filter(needsHalt));
};
