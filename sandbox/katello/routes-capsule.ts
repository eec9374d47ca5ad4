import type { Capsule } from './capsule.ts';
import { katelloError } from './errors.ts';
import type { KatelloState } from './katello-state.ts';
import { loadOfPlanning, loadOfStatus } from './load.ts';
import { renderCounts, renderStatus, tasksShown } from './render-capsule.ts';
import { renderTask } from './render-task.ts';
import type { Route, RouteInput } from './route.ts';
import type { SyncOptions, TaskOrigin } from './task-starter.ts';

const notMirror =
  'This request may only be performed on a Smart proxy that has the Pulpcore feature with mirror=true.';

const find = (katello: KatelloState, id = ''): Capsule => {
  const capsule = katello.capsules.find(({ description }) => String(description.id) === id);
  if (capsule?.description.features.includes('Pulpcore')) return capsule;
  if (id === '1' || capsule !== undefined) throw katelloError(katello.mode, 500, notMirror);
  throw katelloError(katello.mode, 404, `Couldn't find SmartProxy with 'id'=${id}`);
};

/** The proxy that a request does something to. */
const actOn = (katello: KatelloState, { request, parameters }: RouteInput): Capsule => {
  const capsule = find(katello, parameters[0]);
  katello.noteAct(capsule, `${request.method} ${request.path}`);
  return capsule;
};

const idIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A misspelt or unknown parameter is no error; it silently makes another kind of sync. */
const optionsIn = (body: RouteInput['body']): SyncOptions => ({
  environment_id: idIn(body['environment_id']),
  content_view_id: idIn(body['content_view_id']),
  repository_id: idIn(body['repository_id']),
  skip_metadata_check:
    body['skip_metadata_check'] === true || body['skip_metadata_check'] === 'true',
});

const assertAttached = (katello: KatelloState, capsule: Capsule, id: number | null): void => {
  if (id === null || capsule.views.some(({ environmentId }) => environmentId === id)) return;
  throw katelloError(
    katello.mode,
    500,
    `Lifecycle environment '${id}' is not attached to this capsule.`,
  );
};

/** Rails keeps word characters and hyphens of a request id, and 255 of them. */
const originOf = (katello: KatelloState, { request }: RouteInput): TaskOrigin => {
  const requestId = (request.headers['x-request-id'] ?? '').replace(/[^\w-]/g, '').slice(0, 255);
  const { kernel, credentials } = katello.options;
  return { username: credentials.login, requestId: requestId || kernel.random.hex(32) };
};

const sync = (katello: KatelloState, input: RouteInput): unknown => {
  const capsule = actOn(katello, input);
  const options = optionsIn(input.body);
  const origin = originOf(katello, input);
  assertAttached(katello, capsule, options.environment_id);
  if (katello.pulps.answering(capsule.description.name) === null) {
    const host = capsule.description.name;
    const reason = `There was an issue with the backend service pulp3: ${katello.pulps.refusal(host)}`;
    katello.starter.failedSync(capsule, options, origin, reason);
    throw katelloError(katello.mode, 500, reason);
  }
  return renderTask(katello.starter.sync(capsule, options, origin), katello.offset);
};

const cancel = (katello: KatelloState, input: RouteInput): unknown => {
  const capsule = actOn(katello, input);
  const active = katello.activeSyncs(capsule.description.id);
  for (const { id } of active) katello.tasks.run(id)?.cancel();
  return {
    message:
      active.length > 0
        ? 'Trying to cancel the synchronization...'
        : "There's no running synchronization for this smart proxy.",
  };
};

const path = (rest: string): RegExp =>
  new RegExp(`^/katello/api/(?:v2/)?capsules/([^/]+)/content/${rest}$`);

export const capsuleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: path('sync'),
    status: 200,
    permission: 'view_capsule_content',
    answer: (katello, { parameters }) => {
      const capsule = find(katello, parameters[0]);
      return renderStatus({
        capsule,
        tasks: katello.tasksOf(capsule),
        organization: katello.options.organization,
        offset: katello.offset,
      });
    },
    load: (katello, { parameters }) => {
      const capsule = find(katello, parameters[0]);
      const tasks = katello.tasksOf(capsule);
      return loadOfStatus(capsule, tasks, tasksShown(tasks));
    },
  },
  {
    method: 'POST',
    path: path('sync'),
    status: 202,
    permission: 'manage_capsule_content',
    answer: sync,
    // Katello plans a chain of actions per repository before it answers.
    load: (katello, { parameters }) =>
      loadOfPlanning(find(katello, parameters[0]).repositories().length),
  },
  {
    method: 'DELETE',
    path: path('sync'),
    status: 200,
    permission: 'manage_capsule_content',
    answer: cancel,
  },
  {
    method: 'GET',
    path: path('counts'),
    status: 200,
    permission: 'view_capsule_content',
    answer: (katello, { parameters }) => renderCounts(find(katello, parameters[0])),
  },
  {
    method: 'POST',
    path: path('update_counts'),
    status: 202,
    permission: 'manage_capsule_content',
    answer: (katello, input) => {
      const capsule = actOn(katello, input);
      const task = katello.starter.count(capsule, originOf(katello, input));
      return renderTask(task, katello.offset);
    },
  },
];
