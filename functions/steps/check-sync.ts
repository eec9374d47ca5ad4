import { NamedFailure } from '../domain/failures.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { followedSyncSchema } from '../domain/sections.ts';
import { assertSyncInTime, judgeEndedSync } from '../domain/sync-verdict.ts';
import { hasEnded, tookSeconds } from '../domain/task.ts';
import { elapsedSeconds, ready, waiting } from '../domain/waiting.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import { incumbentServes, observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import { nextSyncLook } from '../operations/sync-look.ts';
import { lookAtSync, progressNeeds } from '../operations/sync-progress.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true, phases: true, plan: true, launch: true, sync: true });

/** Gives the cause of a failed sync a moment to pass. */
const againWaitSeconds = 60;

/**
 * Follows the sync that this rebuild started, by its task id only. Meanwhile it keeps the launch hook open and
 * watches the incumbent: once the incumbent is lost, an unfilled replacement is better than none, and
 * `incumbent-lost` leads to admission.
 */
export const checkSync = step(
  {
    input,
    needs: [
      ...progressNeeds,
      'content.stopTasks',
      'groups.heartbeat',
      'groups.read',
      'instances.read',
    ],
    writes: 'sync',
  },
  async (ports, run) => {
    const { sync, launch, plan } = run;
    const { fleet, group } = await observeProxy(ports, run.request.proxy);
    const replacement = await requireReplacement(ports, group, launch.instanceId);
    const kept = await keepHooksOpenSince(ports, group, sync.hookKeptAt);
    const now = ports.clock.now();
    const found = await lookAtSync(ports, followedSyncSchema.parse(sync), now);
    if (found === null)
      throw new NamedFailure('SyncTaskGone', `Katello no longer has task ${sync.taskId}`);
    const { task, ...known } = found;
    const followed = { ...followedSyncSchema.parse(sync), ...known, ...kept };
    if (task !== null && hasEnded(task)) {
      if (judgeEndedSync(task, sync, fleet.content) === 'ready')
        return ready({ ...followed, tookSeconds: tookSeconds(task) });
      await ports.content.stopTasks([task]);
      const words = `Katello's sync ended as ${task.state}/${task.result}; starting attempt ${sync.attempt + 1}`;
      return { ...followed, ...waiting(againWaitSeconds, words), status: 'again' };
    }
    const isWaitingToServe = replacement.lifecycleState.startsWith('Pending');
    if (isWaitingToServe && !incumbentServes(group, plan.incumbent?.id))
      return { ...followed, status: 'incumbent-lost' };
    assertSyncInTime(sync, fleet.content, elapsedSeconds(run, stageOf(run), now));
    return {
      ...followed,
      ...nextSyncLook(run, { state: task?.state ?? 'running', ...known }, now),
    };
  },
);
