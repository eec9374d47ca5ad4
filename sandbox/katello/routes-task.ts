import { foremanError, foremanNotFound } from './errors.ts';
import type { KatelloState } from './katello-state.ts';
import { labels } from './labels.ts';
import { loadOf } from './load.ts';
import { renderTaskWithDuration } from './render-task.ts';
import type { Route, RouteInput } from './route.ts';
import { listOf, parseSearch, type Searchable } from './search.ts';
import { classicIdOf } from './smart-proxies.ts';
import type { SimulatedTask } from './task.ts';

const searchFields = [
  'id',
  'action',
  'label',
  'state',
  'result',
  'started_at',
  'state_updated_at',
  'start_at',
  'ended_at',
  'parent_task_id',
  'duration',
  'resource_type',
  'resource_id',
  'user',
  'owner.id',
] as const;

/** Jobs go to the record with the classic features. */
const linkedId = ({ mode }: KatelloState, { label, capsule }: SimulatedTask): number =>
  label === labels.job ? classicIdOf(capsule, mode) : capsule.description.id;

const searchable = (katello: KatelloState, task: SimulatedTask): Searchable => ({
  id: task.id,
  action: task.action,
  label: task.label,
  state: task.state,
  result: task.result,
  started_at: new Date(task.startedAt).toISOString(),
  user: task.username,
  'owner.id': task.username === katello.options.credentials.login ? 'current_user' : null,
  resource_type: task.isLinked ? 'SmartProxy' : null,
  resource_id: task.isLinked ? linkedId(katello, task) : null,
});

const search = (katello: KatelloState, query: string): readonly SimulatedTask[] => {
  const test = parseSearch(query, searchFields);
  return katello.tasks.newestFirst().filter((task) => test(searchable(katello, task)));
};

const selected = (katello: KatelloState, input: RouteInput): readonly SimulatedTask[] => {
  const tasks = tasksAskedFor(katello, input);
  for (const { capsule, id } of tasks) katello.noteAct(capsule, `stop of task ${id}`);
  return tasks;
};

const tasksAskedFor = (katello: KatelloState, { body }: RouteInput): readonly SimulatedTask[] => {
  const ids = body['task_ids'];
  if (Array.isArray(ids)) return ids.flatMap((id) => katello.tasks.get(String(id)) ?? []);
  if (typeof body['search'] === 'string') return search(katello, body['search']);
  throw foremanError(400, {
    message: 'Please provide at least one of search or task_ids parameters in the request',
    class: 'ForemanTasks::Api::TasksController::BadRequest',
    parameter_name: 'search, task_ids',
  });
};

const render = (katello: KatelloState, task: SimulatedTask) =>
  renderTaskWithDuration(task, katello.offset, katello.options.kernel.now());

/** A search over links finds a task once per link; a sync has one as target and one as lock, a job has one. */
const rowsOf = (task: SimulatedTask): readonly SimulatedTask[] =>
  task.label === labels.job ? [task] : [task, task];

const listed = (katello: KatelloState, { request }: RouteInput) => {
  const found = search(katello, request.query.get('search') ?? '');
  const isOverLinks = request.query.get('search')?.includes('resource_') === true;
  const rows = found.flatMap((task) => (isOverLinks ? rowsOf(task) : [task]));
  return listOf(rows, katello.tasks.newestFirst().length, request.query);
};

const list = (katello: KatelloState, input: RouteInput): unknown => {
  const { page, layout } = listed(katello, input);
  return {
    ...layout,
    sort: { by: 'started_at', order: 'DESC' },
    results: page.map((task) => render(katello, task)),
  };
};

const bulkCancel = (katello: KatelloState, input: RouteInput): unknown => {
  const tasks = selected(katello, input);
  const isCancelled = (task: SimulatedTask): boolean =>
    katello.tasks.run(task.id)?.cancel() === true;
  const { cancelled = [], skipped = [] } = Object.groupBy(tasks, (task) =>
    isCancelled(task) ? 'cancelled' : 'skipped',
  );
  return {
    total: tasks.length,
    cancelled: cancelled.map((task) => render(katello, task)),
    skipped: skipped.map((task) => render(katello, task)),
  };
};

const bulkStop = (katello: KatelloState, input: RouteInput): unknown => {
  const tasks = selected(katello, input);
  const isStopped = ({ id, state }: SimulatedTask): boolean =>
    katello.tasks.run(id)?.halt(state === 'planned' ? 'cancelled' : 'error') === true;
  const stopped = tasks.filter(isStopped).length;
  return { total: tasks.length, stopped_length: stopped, skipped_length: tasks.length - stopped };
};

export const taskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/foreman_tasks\/api\/tasks$/,
    status: 200,
    permission: 'view_foreman_tasks',
    answer: list,
    load: (katello, input) => loadOf(listed(katello, input).page),
  },
  {
    method: 'GET',
    path: /^\/foreman_tasks\/api\/tasks\/([^/]+)$/,
    status: 200,
    permission: 'view_foreman_tasks',
    answer: (katello, { parameters: [id = ''] }) => {
      const task = katello.tasks.get(id);
      if (task === undefined) throw foremanNotFound('task', id);
      return render(katello, task);
    },
    load: (katello, { parameters: [id = ''] }) => {
      const task = katello.tasks.get(id);
      return loadOf(task === undefined ? [] : [task]);
    },
  },
  {
    method: 'POST',
    path: /^\/foreman_tasks\/api\/tasks\/bulk_cancel$/,
    status: 200,
    permission: 'edit_foreman_tasks',
    answer: bulkCancel,
    load: (katello, input) => loadOf(tasksAskedFor(katello, input)),
  },
  {
    method: 'POST',
    path: /^\/foreman_tasks\/api\/tasks\/bulk_stop$/,
    status: 200,
    permission: 'edit_foreman_tasks',
    answer: bulkStop,
    load: (katello, input) => loadOf(tasksAskedFor(katello, input)),
  },
];
