import type { ForemanTask } from '../../domain/task.ts';
import type { ContentPort, SyncScope } from '../../ports/content.ts';
import { type KatelloCall, KatelloClient, type KatelloClientOptions } from './client.ts';
import { findCapsule, refreshCapsule } from './find-capsule.ts';
import { readHealth } from './health.ts';
import { startOnce } from './start-once.ts';
import { stopTasks } from './stop-tasks.ts';
import { searchTasks } from './task-search.ts';
import { countsOf, syncStatusSchema, type WireSyncStatus } from './wire/sync-status.ts';
import { taskSchema } from './wire/task.ts';

export interface KatelloContentOptions extends KatelloClientOptions {
  /** The organization whose environments have no prefix in content counts. */
  readonly organization: string;
}

const contentPath = (capsuleId: number, rest: string): string =>
  `/katello/api/capsules/${capsuleId}/content/${rest}`;

const readStatus = (client: KatelloClient, capsuleId: number): Promise<WireSyncStatus> =>
  client.call({ method: 'GET', path: contentPath(capsuleId, 'sync') }, syncStatusSchema);

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
    health: () => readHealth(client),
    findCapsule: (name) => findCapsule(client, name),
    refreshFeatures: (capsuleId) => refreshCapsule(client, capsuleId),
    stopTasks: (tasks) => stopTasks(client, tasks),

    async syncStatus(capsuleId) {
      const status = await readStatus(client, capsuleId);
      return {
        unsyncableContentTypes: status.unsyncable_content_types,
        activeTasks: status.active_sync_tasks.map(({ task }) => task),
      };
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
        ...(await searchTasks(client, 'sync', capsuleId)),
        ...(await searchTasks(client, 'count', capsuleId)),
      ].map(({ task }) => task);
      return found.filter((task) => isStartedBy(task, requestIds));
    },

    async readTask(taskId) {
      const path = `/foreman_tasks/api/tasks/${encodeURIComponent(taskId)}`;
      const wire = await client.find({ method: 'GET', path }, taskSchema);
      return wire?.task ?? null;
    },

    async readCounts(capsuleId) {
      return countsOf(await readStatus(client, capsuleId), options.organization);
    },
  };
};

const isStartedBy = (task: ForemanTask, requestIds: readonly string[]): boolean =>
  task.requestId !== null && requestIds.includes(task.requestId);
