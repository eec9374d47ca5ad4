import type { ForemanTask } from '../../domain/task.ts';
import type { ContentPort, SyncScope } from '../../ports/content.ts';
import { readAccess } from './access.ts';
import { type KatelloCall, KatelloClient, type KatelloClientOptions } from './client.ts';
import { findCapsule, refreshCapsule } from './find-capsule.ts';
import { readHealth, verifyName } from './health.ts';
import { countRunningJobs } from './running-jobs.ts';
import { startOnce } from './start-once.ts';
import { stopTasks } from './stop-tasks.ts';
import { isUnderWay, searchActiveSyncs, searchOpenTasks } from './task-search.ts';
import {
  contentCountsSchema,
  contentTypesOf,
  countsOf,
  type WireContentCounts,
} from './wire/content-counts.ts';
import { namesOf, syncStatusSchema, type WireSyncStatus } from './wire/sync-status.ts';
import { taskSchema } from './wire/task.ts';

export interface KatelloContentOptions extends KatelloClientOptions {
  /** Katello's own host name, which may be another one than that of `url`. */
  readonly fqdn: string;
  /** The organization whose environments have no prefix in names of repositories. */
  readonly organization: string;
}

const contentPath = (capsuleId: number, rest: string): string =>
  `/katello/api/capsules/${capsuleId}/content/${rest}`;

/** A column of the proxy's record. */
const readCounts = (client: KatelloClient, capsuleId: number): Promise<WireContentCounts> =>
  client.call({ method: 'GET', path: contentPath(capsuleId, 'counts') }, contentCountsSchema);

/** Katello computes it from all kept syncs of the proxy and all its content; never polled. */
const readStatus = (client: KatelloClient, capsuleId: number): Promise<WireSyncStatus> =>
  client.call(
    { method: 'GET', path: contentPath(capsuleId, 'sync'), timeout: 'statusMs' },
    syncStatusSchema,
  );

const syncCall = (capsuleId: number, scope: SyncScope): KatelloCall => ({
  method: 'POST',
  path: contentPath(capsuleId, 'sync'),
  // Without it Katello skips every repository that it believes the proxy to have, which is all of them.
  body: { skip_metadata_check: scope === 'complete' },
  timeout: 'planMs',
});

/** Katello over its HTTP API. */
export const katelloContent = (options: KatelloContentOptions): ContentPort => {
  const client = new KatelloClient(options);
  return {
    verifyName: () => verifyName(client, options),
    access: () => readAccess(client),
    health: () => readHealth(client),
    findCapsule: (name) => findCapsule(client, name),
    refreshFeatures: (capsuleId) => refreshCapsule(client, capsuleId),
    stopTasks: (tasks) => stopTasks(client, tasks),
    isUnderWay: (taskId) => isUnderWay(client, taskId),
    runningJobs: (name, startedBefore) => countRunningJobs(client, name, startedBefore),

    async activeSyncs(capsuleId) {
      return (await searchActiveSyncs(client, capsuleId)).map(({ task }) => task);
    },

    async contentTypes(capsuleId) {
      return contentTypesOf(await readCounts(client, capsuleId));
    },

    startSync: (capsuleId, scope, requestId) =>
      startOnce(client, {
        kind: 'sync',
        capsuleId,
        requestId,
        call: syncCall(capsuleId, scope),
        isSame: (wire) => wire.isComplete === (scope === 'complete'),
      }),

    startCount: (capsuleId, requestId) =>
      startOnce(client, {
        kind: 'count',
        capsuleId,
        requestId,
        call: {
          method: 'POST',
          path: contentPath(capsuleId, 'update_counts'),
          timeout: 'planMs',
        },
        isSame: () => true,
      }),

    async findTasks(capsuleId, requestIds) {
      const found = [
        ...(await searchOpenTasks(client, 'sync', capsuleId)),
        ...(await searchOpenTasks(client, 'count', capsuleId)),
      ].map(({ task }) => task);
      return found.filter((task) => isStartedBy(task, requestIds));
    },

    async readTask(taskId) {
      const path = `/foreman_tasks/api/tasks/${encodeURIComponent(taskId)}`;
      const wire = await client.find({ method: 'GET', path }, taskSchema);
      return wire?.task ?? null;
    },

    async readCounts(capsuleId) {
      return countsOf(await readCounts(client, capsuleId));
    },

    async repositoryNames(capsuleId) {
      return namesOf(await readStatus(client, capsuleId), options.organization);
    },
  };
};

const isStartedBy = (task: ForemanTask, requestIds: readonly string[]): boolean =>
  task.requestId !== null && requestIds.includes(task.requestId);
