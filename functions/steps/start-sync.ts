import { syncRequestId } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { type Run, runSchema, stageOf } from '../domain/run.ts';
import { followedSyncSchema } from '../domain/sections.ts';
import { type ForemanTask, hasEnded } from '../domain/task.ts';
import { keepHooksOpenSince } from '../operations/launch-hook.ts';
import { observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import { nextSyncLook } from '../operations/sync-look.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true, phases: true, launch: true })
  .extend({ sync: runSchema.shape.sync.optional(), content: runSchema.shape.content.optional() });
type Input = Pick<Run, 'execution' | 'plan' | 'phases'> & Partial<Pick<Run, 'sync' | 'content'>>;

/** A fill that was interrupted because the replacement had to be admitted is continued, not repeated. */
const stillRunning = async (
  ports: PortsWith<'content.readTask'>,
  sync: Input['sync'],
): Promise<ForemanTask | null> => {
  if (sync?.status !== 'incumbent-lost') return null;
  const task = await ports.content.readTask(sync.taskId);
  return task !== null && !hasEnded(task) ? task : null;
};

/**
 * Starts the sync that this stage needs: complete until the replacement has been verified as filled, then
 * light. Called again after a failed sync, or one of which the container gateway did not learn, it starts the next
 * attempt.
 */
export const startSync = step(
  {
    input,
    needs: [
      'content.readTask',
      'content.startSync',
      'groups.heartbeat',
      'groups.read',
      'instances.read',
    ],
    writes: 'sync',
    underLock: true,
  },
  async (ports, run) => {
    const { execution, plan, sync } = run;
    if (plan.capsuleId === null)
      throw new NamedFailure('CapsuleNotFound', 'the proxy is not registered');
    const { group } = await observeProxy(ports, run.request.proxy);
    await requireReplacement(ports, group, run.launch.instanceId);
    const kept = await keepHooksOpenSince(ports, group);
    const running = await stillRunning(ports, sync);
    if (sync !== undefined && running !== null) {
      const look = nextSyncLook(run, running, ports.clock.now());
      return { ...followedSyncSchema.parse(sync), ...kept, ...look, status: 'started' };
    }
    const scope = run.content?.filled === true ? 'light' : 'complete';
    const isAgain = sync?.status === 'again' || run.content?.status === 'again';
    const attempt = isAgain ? (sync?.attempt ?? 0) + 1 : 1;
    const requestId = syncRequestId(execution.id, stageOf(run), attempt);
    const task = await ports.content.startSync(plan.capsuleId, scope, requestId);
    const startedAt = (task.startedAt ?? ports.clock.now()).toISOString();
    return {
      ...nextSyncLook(run, task, ports.clock.now()),
      status: 'started',
      taskId: task.id,
      scope,
      attempt,
      startedAt,
      progress: task.progress,
      ...kept,
    };
  },
);
