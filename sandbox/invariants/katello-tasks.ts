import { labels } from '../katello/labels.ts';
import type { SimulatedTask } from '../katello/task.ts';
import { secrets } from '../world/deployed-fleet.ts';
import { type Invariant, perProxy, type Snapshot } from './snapshot.ts';

const tasksOf = ({ world }: Snapshot, proxy: string): readonly SimulatedTask[] => {
  const capsule = world.katello.capsules.find(({ description }) => description.proxy === proxy);
  return capsule === undefined ? [] : world.katello.tasksOf(capsule);
};

/** An automatic sync has no request, whatever account it runs under. */
const isOurs = (task: SimulatedTask): boolean =>
  task.username === secrets.login && requestOf(task) !== null;

export const ownTasksOf = (snapshot: Snapshot, proxy: string): readonly SimulatedTask[] =>
  tasksOf(snapshot, proxy).filter(isOurs);

const isRunning = ({ label, state }: SimulatedTask): boolean =>
  label === labels.sync && state !== 'stopped' && state !== 'paused';

/** Of a request that the network has delivered twice, one sync is followed; the other may outlast it. */
const hasTwinThatEnded = (task: SimulatedTask, all: readonly SimulatedTask[]): boolean =>
  all.some(
    (other) => other.state === 'stopped' && requestOf(other) === requestOf(task) && other !== task,
  );

const requestOf = ({ input }: SimulatedTask): unknown => input['current_request_id'];

/**
 * Katello accepts a second sync beside a running one; a rebuild must find its own instead. A request that the
 * network has delivered twice, or late, is not the rebuild's doing.
 */
export const oneSyncAtATime: Invariant = {
  name: 'one-sync-at-a-time',
  check: perProxy((snapshot, proxy) => {
    if (snapshot.misledBy.has('katello')) return null;
    const own = ownTasksOf(snapshot, proxy);
    const syncs = own.filter((task) => isRunning(task) && !hasTwinThatEnded(task, own));
    const posts = new Set(syncs.map(({ startedAt }) => startedAt)).size;
    return posts > 1 ? `${posts} of our syncs run at the same time` : null;
  }),
};

const wasCancelled = ({ result, errors }: SimulatedTask): boolean =>
  result === 'cancelled' || errors.some((error) => /task cancell?ed/i.test(error));

/** The controller never stops a task that somebody else started in Katello. */
export const foreignTasksUntouched: Invariant = {
  name: 'foreign-tasks-untouched',
  check: perProxy((snapshot, proxy) => {
    if (!snapshot.isQuiet) return null;
    const stopped = tasksOf(snapshot, proxy).filter((task) => !isOurs(task) && wasCancelled(task));
    return stopped.length > 0 ? `${stopped.length} tasks that others started were stopped` : null;
  }),
};
