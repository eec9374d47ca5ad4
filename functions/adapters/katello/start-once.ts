import { isFailure, NamedFailure } from '../../domain/failures.ts';
import type { ForemanTask } from '../../domain/task.ts';
import type { KatelloCall, KatelloClient } from './client.ts';
import type { TaskKind } from './labels.ts';
import { searchTasks } from './task-search.ts';
import { taskSchema, type WireTask } from './wire/task.ts';

/** A task to start, and how to recognise it. */
export interface TaskStart {
  readonly kind: TaskKind;
  readonly capsuleId: number;
  readonly requestId: string;
  readonly call: KatelloCall;
  /** Whether an existing task does what this one should do. */
  readonly isSame: (wire: WireTask) => boolean;
}

/** Rails truncates a longer id and drops other characters; the task could not be found then. */
const requestIdPattern = /^[A-Za-z0-9-]{1,255}$/;

/**
 * Katello has no idempotency key: the same POST twice starts two syncs. So look for the task before posting,
 * and look again when the outcome of the POST is unknown.
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
    `The request id ${JSON.stringify(requestId)} is not a valid X-Request-Id: use 1 to 255 letters, digits and hyphens.`,
  );
};

const findOurs = (tasks: readonly WireTask[], requestId: string): WireTask | undefined =>
  tasks.find(({ task }) => task.requestId === requestId && !neverBegan(task));

/**
 * The state in which Katello leaves a task when it answers 500 because the proxy's Pulp is not up: retrying is
 * right.
 */
const neverBegan = (task: ForemanTask): boolean =>
  task.state === 'stopped' && task.result === 'error' && task.progress === 0;

/**
 * After a lost response. If something between the controller and Rails replaces `X-Request-Id`, the task has
 * an unknown id; it is then the pending task that the service user has started in the meantime and that does
 * what was asked for (inferred: no server is known to do this).
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
