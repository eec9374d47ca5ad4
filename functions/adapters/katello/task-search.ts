import type { KatelloClient } from './client.ts';
import { labels, type TaskKind } from './labels.ts';
import { taskListSchema, type WireTask } from './wire/task.ts';

/** How many of the newest tasks to search; counts are listed together with those of all capsules. */
const newest: Readonly<Record<TaskKind, string>> = { sync: '100', count: '500' };

/**
 * Foreman links a sync to its Smart Proxy, which makes it searchable. A count is not linked: it is found by
 * its label and distinguished by its input.
 */
const searchFor = (kind: TaskKind, capsuleId: number): string =>
  kind === 'sync'
    ? `label = ${labels.sync} and resource_type = SmartProxy and resource_id = ${capsuleId}`
    : `label = ${labels[kind]}`;

/** The newest tasks of one kind that belong to this capsule, newest first. */
export const searchTasks = async (
  client: KatelloClient,
  kind: TaskKind,
  capsuleId: number,
): Promise<readonly WireTask[]> => {
  const tasks = await client.call(
    {
      method: 'GET',
      path: '/foreman_tasks/api/tasks',
      query: {
        search: searchFor(kind, capsuleId),
        order: 'started_at DESC',
        per_page: newest[kind],
      },
    },
    taskListSchema,
  );
  return tasks.filter((wire) => wire.label === labels[kind] && isOf(wire, capsuleId));
};

/**
 * The search for syncs is by link, so a sync whose input an old server does not show still belongs to this
 * capsule.
 */
const isOf = (wire: WireTask, capsuleId: number): boolean =>
  wire.capsuleId === capsuleId || (wire.capsuleId === null && wire.label === labels.sync);
