import { syncRequestId } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { type Run, runSchema, stageOf } from '../domain/run.ts';
import { hasEnded } from '../domain/task.ts';
import { keepHookOpenSince } from '../operations/launch-hook.ts';
import { observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true, phases: true, launch: true })
  .extend({ sync: runSchema.shape.sync.optional(), content: runSchema.shape.content.optional() });
type Input = Pick<Run, 'execution' | 'plan' | 'phases'> & Partial<Pick<Run, 'sync' | 'content'>>;

/** A fill that was interrupted because the replacement had to be admitted is continued, not repeated. */
const isStillRunning = async (
  ports: PortsWith<'content.readTask'>,
  sync: Input['sync'],
): Promise<boolean> => {
  if (sync?.status !== 'incumbent-lost') return false;
  const task = await ports.content.readTask(sync.taskId);
  return task !== null && !hasEnded(task);
};

/**
 * Starts the sync that this stage needs: complete until the replacement has been verified as filled, then
 * light. Called again after a failed sync, it starts the next attempt.
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
    const replacement = await requireReplacement(ports, group, run.launch.instanceId);
    const kept = await keepHookOpenSince(ports, group, replacement);
    if (sync !== undefined && (await isStillRunning(ports, sync)))
      return { ...sync, ...kept, status: 'started' };
    const scope = run.content?.filled === true ? 'light' : 'complete';
    const attempt = sync?.status === 'again' ? sync.attempt + 1 : 1;
    const requestId = syncRequestId(execution.id, stageOf(run), attempt);
    const task = await ports.content.startSync(plan.capsuleId, scope, requestId);
    const startedAt = (task.startedAt ?? ports.clock.now()).toISOString();
    return {
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
