import type { KatelloClient } from './client.ts';
import { labels, type TaskKind } from './labels.ts';
import { taskCountSchema, taskListSchema, type WireTask } from './wire/task.ts';

/**
 * Foreman loads the whole plan of every task that it lists, with all steps (show.json.rabl of foreman-tasks asks
 * each for `input`, `progress` and `cancellable?`), so a search has to select in the database what it wants. A search
 * over links lists a task once per link, of which a sync has two.
 */
const page = { own: '40', open: '10' } as const;

/**
 * Foreman links a sync to its Smart Proxy, which makes it searchable. A count is not linked: it is found by
 * its label and distinguished by its input.
 */
const syncsOf = (capsuleId: number): string =>
  `label = ${labels.sync} and resource_type = SmartProxy and resource_id = ${capsuleId}`;

const search = (
  client: KatelloClient,
  terms: readonly string[],
  perPage: string,
): Promise<readonly WireTask[]> =>
  client.call(
    {
      method: 'GET',
      path: '/foreman_tasks/api/tasks',
      query: { search: terms.join(' and '), order: 'started_at DESC', per_page: perPage },
      timeout: 'searchMs',
    },
    taskListSchema,
  );

/** Foreman translates the value into the id of the user that asks (task.rb of foreman-tasks). */
const ownTasks = 'owner.id = current_user';

const termsFor = (kind: TaskKind, capsuleId: number): string =>
  kind === 'sync' ? syncsOf(capsuleId) : `label = ${labels[kind]}`;

const ofCapsule = (
  tasks: readonly WireTask[],
  kind: TaskKind,
  capsuleId: number,
): readonly WireTask[] =>
  tasks.filter((wire) => wire.label === labels[kind] && isOf(wire, capsuleId));

/** The newest tasks of one kind that belong to this capsule and that our own user has started, newest first. */
export const searchTasks = async (
  client: KatelloClient,
  kind: TaskKind,
  capsuleId: number,
): Promise<readonly WireTask[]> => {
  const terms = [termsFor(kind, capsuleId), ownTasks];
  return ofCapsule(await search(client, terms, page.own), kind, capsuleId);
};

/** The same, as far as they have not stopped: a paused one is among them. */
export const searchOpenTasks = async (
  client: KatelloClient,
  kind: TaskKind,
  capsuleId: number,
): Promise<readonly WireTask[]> => {
  const terms = [termsFor(kind, capsuleId), ownTasks, 'state != stopped'];
  return ofCapsule(await search(client, terms, page.own), kind, capsuleId);
};

/** Syncs of this capsule that have not ended, whoever started them; the newest few of them are enough. */
export const searchActiveSyncs = async (
  client: KatelloClient,
  capsuleId: number,
): Promise<readonly WireTask[]> => {
  const terms = [syncsOf(capsuleId), 'result = pending'];
  return ofCapsule(await search(client, terms, page.open), 'sync', capsuleId);
};

/**
 * Foreman counts what matches and lists what is on the page: on a page behind the only match, no task is loaded. Were the
 * count wrong, the caller would still see the end, as it reads the task itself now and then.
 */
export const isUnderWay = async (client: KatelloClient, taskId: string): Promise<boolean> => {
  const { subtotal } = await client.call(
    {
      method: 'GET',
      path: '/foreman_tasks/api/tasks',
      query: { search: `id = "${taskId}" and result = pending`, per_page: '1', page: '2' },
    },
    taskCountSchema,
  );
  return subtotal > 0;
};

/**
 * The search for syncs is by link, so a sync whose input an old server does not show still belongs to this
 * capsule.
 */
const isOf = (wire: WireTask, capsuleId: number): boolean =>
  wire.capsuleId === capsuleId || (wire.capsuleId === null && wire.label === labels.sync);
