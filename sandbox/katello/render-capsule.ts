import type { Capsule, View } from './capsule.ts';
import { labels } from './labels.ts';
import { renderInstant, renderTask, type UtcOffset } from './render-task.ts';
import type { SimulatedTask } from './task.ts';

/** What a status is rendered from. */
export interface StatusSource {
  readonly capsule: Capsule;
  /** This capsule's tasks, newest first. */
  readonly tasks: readonly SimulatedTask[];
  readonly organization: string;
  readonly offset: UtcOffset;
}

const isSync = (task: SimulatedTask): boolean => task.label === labels.sync;

/** One view of each environment: all of them know its name and id. */
const environmentsOf = (capsule: Capsule): readonly View[] => [
  ...new Map(capsule.views.map((view) => [view.environmentId, view] as const)).values(),
];

const upToDate = (capsule: Capsule, view: View): boolean | 'partial' => {
  const missing = view.repositories.filter(({ id }) => !capsule.history.has(id)).length;
  if (missing === 0) return true;
  return missing === view.repositories.length ? false : 'partial';
};

const renderView = (source: StatusSource, view: View) => ({
  id: view.versionId,
  cvv_id: view.versionId,
  cvv_version: `${view.version}.0`,
  label: view.name.replaceAll(' ', '_'),
  name: view.name,
  composite: false,
  rolling: false,
  last_published: renderInstant(view.publishedAt, source.offset),
  default: false,
  up_to_date: upToDate(source.capsule, view),
  counts: { repositories: view.repositories.length },
  repositories: view.repositories.map(({ id, name, contentType }) => ({
    id,
    name,
    library_id: id,
    product_id: 1,
    content_type: contentType,
  })),
});

const nameOf = ({ environment, environmentId }: View) => ({
  library: environment === 'Library',
  id: environmentId,
  name: environment,
  label: environment.replaceAll(' ', '_'),
  description: null,
  organization_id: 1,
});

const renderEnvironment = (source: StatusSource, environment: View) => {
  const views = source.capsule.views.filter(
    ({ environmentId }) => environmentId === environment.environmentId,
  );
  return {
    ...nameOf(environment),
    organization: {
      name: source.organization,
      label: source.organization.replaceAll(' ', '_'),
      id: 1,
    },
    syncable: views.some((view) => upToDate(source.capsule, view) !== true),
    counts: { content_views: views.length },
    content_views: views.map((view) => renderView(source, view)),
  };
};

export const renderCounts = (capsule: Capsule) => ({
  content_view_versions: Object.fromEntries(
    [...capsule.counted].map(([version, repositories]) => [
      String(version),
      {
        repositories: Object.fromEntries(
          repositories.map(({ repository, environmentId, counts }) => [
            String(repository.id),
            {
              counts,
              metadata: {
                env_id: environmentId,
                product_id: 1,
                content_type: repository.contentType,
                library_instance_id: repository.id,
              },
            },
          ]),
        ),
      },
    ]),
  ),
});

const shownOf = (tasks: readonly SimulatedTask[]) => {
  const syncs = tasks.filter(isSync);
  const last = syncs.find(({ state, result }) => state === 'stopped' && result === 'success');
  const isFailed = (task: SimulatedTask): boolean =>
    last !== undefined && task.result !== 'pending' && task.startedAt > (last.endedAt ?? 0);
  const active = syncs.filter(({ result }) => result === 'pending');
  return { active, failed: syncs.filter(isFailed), last };
};

/** The tasks that a status shows in full. */
export const tasksShown = (tasks: readonly SimulatedTask[]): readonly SimulatedTask[] => {
  const { active, failed, last } = shownOf(tasks);
  return [...active, ...failed, ...(last === undefined ? [] : [last])];
};

export const renderStatus = (source: StatusSource) => {
  const { capsule, offset } = source;
  const { active, failed, last } = shownOf(source.tasks);
  return {
    last_sync_time: renderInstant(last?.endedAt ?? null, offset),
    download_policy: capsule.downloadPolicy,
    unsyncable_content_types: capsule.unsyncableTypes(),
    active_sync_tasks: active.map((task) => renderTask(task, offset)),
    last_failed_sync_tasks: failed.map((task) => renderTask(task, offset)),
    last_sync_task: last === undefined ? null : renderTask(last, offset),
    content_counts: renderCounts(capsule),
    last_failed_reclaim_tasks: [],
    lifecycle_environments: environmentsOf(capsule).map((view) => renderEnvironment(source, view)),
  };
};

/** Environments as a Smart Proxy's own record lists them. */
export const renderEnvironmentList = (capsule: Capsule) => environmentsOf(capsule).map(nameOf);
