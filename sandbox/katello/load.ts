import type { Capsule } from './capsule.ts';
import { labels } from './labels.ts';
import type { SimulatedTask } from './task.ts';

/** What Foreman loads and makes before it answers. */
export interface Load {
  /** Execution plans of Dynflow that are read from its database, each with all of its steps. */
  readonly plans: number;
  /** Steps of those plans. */
  readonly steps: number;
  /** Repositories for which a chain of actions is planned. */
  readonly planned: number;
  /** Other records, one by one. */
  readonly records: number;
}

export const nothing: Load = { plans: 0, steps: 0, planned: 0, records: 0 };

/** How long each takes; nobody has measured it, so a limit is set in steps, and time is for time-outs alone. */
const seconds = { answer: 0.2, plan: 0.02, step: 0.001, planned: 0.02, record: 0.001 } as const;

export const secondsOf = ({ plans, steps, planned, records }: Load): number =>
  seconds.answer +
  plans * seconds.plan +
  steps * seconds.step +
  planned * seconds.planned +
  records * seconds.record;

export const add = (one: Load, other: Load): Load => ({
  plans: one.plans + other.plans,
  steps: one.steps + other.steps,
  planned: one.planned + other.planned,
  records: one.records + other.records,
});

/**
 * Foreman shows of a task what only its execution plan knows (`input`, `progress`, `available_actions`), and Dynflow
 * loads a plan with all of its steps:
 * https://github.com/theforeman/foreman-tasks/blob/master/app/views/foreman_tasks/api/tasks/show.json.rabl and
 * app/models/foreman_tasks/task/dynflow_task.rb, `execution_plan`;
 * https://github.com/Dynflow/dynflow/blob/master/lib/dynflow/execution_plan.rb, `new_from_hash`.
 */
export const loadOf = (tasks: readonly SimulatedTask[]): Load => ({
  ...nothing,
  plans: tasks.length,
  steps: tasks.reduce((sum, { steps }) => sum + steps, 0),
});

/**
 * Of a sync: planning and running of three actions per repository, planning and running or finishing of four around
 * them: https://github.com/Katello/katello/blob/master/app/lib/actions/katello/capsule_content/sync_capsule.rb and
 * app/lib/actions/pulp3/capsule_content/{sync,generate_metadata}.rb.
 */
export const stepsOfSync = (repositories: number): number => 8 + 6 * repositories;

/** Of a count: a single action. */
export const stepsOfCount = 2;

/** Of a sync that is requested: Katello plans it before it answers. */
export const loadOfPlanning = (repositories: number): Load => ({
  ...nothing,
  planned: repositories,
});

const upTo = (
  tasks: readonly SimulatedTask[],
  matches: (task: SimulatedTask) => boolean,
): readonly SimulatedTask[] => {
  const index = tasks.findIndex(matches);
  return index === -1 ? tasks : tasks.slice(0, index + 1);
};

const environmentOf = ({ input }: SimulatedTask): unknown =>
  (input['options'] as { readonly environment_id?: unknown } | undefined)?.environment_id ?? null;

const isOfAll = (task: SimulatedTask): boolean => environmentOf(task) === null;

/**
 * Of a sync status: the tasks that it shows, and for each environment the kept syncs from the newest back to one of it
 * and to one of all environments, whose inputs are in their plans; and each content view is compared with the
 * history: https://github.com/Katello/katello/blob/master/app/models/katello/concerns/smart_proxy_extensions.rb,
 * `last_env_sync_task` and `up_to_date?`, called by
 * https://github.com/Katello/katello/blob/master/app/views/katello/api/v2/capsule_content/sync_status.json.rabl.
 */
export const loadOfStatus = (
  capsule: Capsule,
  tasks: readonly SimulatedTask[],
  shown: readonly SimulatedTask[],
): Load => {
  const syncs = tasks.filter(({ label }) => label === labels.sync);
  const environments = new Set(capsule.views.map(({ environmentId }) => environmentId));
  const looks = [...environments].map((id) => {
    const ofOne = upTo(syncs, (task) => isOfAll(task) || environmentOf(task) === id);
    return add(loadOf(ofOne), loadOf(upTo(syncs, isOfAll)));
  });
  // The whole history, once for each content view.
  const compared = { ...nothing, records: capsule.history.size * capsule.views.length };
  return [...looks, compared].reduce(add, loadOf(shown));
};
