import { isFailure, NamedFailure } from '../../domain/failures.ts';
import type { ForemanTask } from '../../domain/task.ts';
import type { KatelloCall, KatelloClient } from './client.ts';
import type { TaskKind } from './labels.ts';
import { searchTasks } from './task-search.ts';
import { taskSchema, type WireTask } from './wire/task.ts';

/** A task to start, and how to know it again. */
export interface TaskStart {
  readonly kind: TaskKind;
  readonly capsuleId: number;
  readonly requestId: string;
  readonly call: KatelloCall;
  /** Whether a found task does what this one was to do. */
  readonly isSame: (wire: WireTask) => boolean;
}

/** Rails cuts a longer id and drops other characters, and then we would not find our task again. */
const requestIdPattern = /^[A-Za-z0-9-]{1,255}$/;

/**
 * Katello has no idempotency key: the same POST twice is two syncs. So we look before we post, and when no
 * certain answer came back we look again before we say so.
 */
export const startOnce = async (client: KatelloClient, start: TaskStart): Promise<ForemanTask> => {
  assertRequestId(start.requestId);
  const before = await searchTasks(client, start.kind, start.capsuleId);
  const earlier = findOurs(before, start.requestId);
  if (earlier !== undefined) return earlier.task;
  try {
    return (await client.call({ ...start.call, requestId: start.requestId }, taskSchema)).task;
  } catch (error) {
    if (!isFailure(error, 'KatelloUnavailable', 'UnexpectedAnswer')) throw error;
    const task = await findStarted(client, start, before);
    if (task === null) throw error;
    return task;
  }
};

const assertRequestId = (requestId: string): void => {
  if (requestIdPattern.test(requestId)) return;
  throw new NamedFailure(
    'BadRequest',
    `The request id ${JSON.stringify(requestId)} cannot be an X-Request-Id: use 1 to 255 letters, digits and hyphens.`,
  );
};

const findOurs = (tasks: readonly WireTask[], requestId: string): WireTask | undefined =>
  tasks.find(({ task }) => task.requestId === requestId && !neverBegan(task));

/** What Katello leaves behind when it answers 500 because the proxy's Pulp is not up: asking again is right. */
const neverBegan = (task: ForemanTask): boolean =>
  task.state === 'stopped' && task.result === 'error' && task.progress === 0;

/**
 * After a lost answer. Where something between us and Rails replaces `X-Request-Id`, our task carries an id
 * that we do not know; it is then the one that is pending, that our own user has started in the meantime,
 * and that does what we asked for (inferred: no server is known to do this).
 */
const findStarted = async (
  client: KatelloClient,
  start: TaskStart,
  before: readonly WireTask[],
): Promise<ForemanTask | null> => {
  const after = await searchTasks(client, start.kind, start.capsuleId);
  const ours = findOurs(after, start.requestId);
  if (ours !== undefined) return ours.task;
  const known = new Set(before.map(({ task }) => task.id));
  const login = await client.login();
  const candidates = after.filter(
    (wire) =>
      !known.has(wire.task.id) &&
      wire.task.result === 'pending' &&
      wire.username === login &&
      !wire.isRestricted &&
      start.isSame(wire),
  );
  return candidates[0]?.task ?? null;
};
