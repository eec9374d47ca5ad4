import { describeShortfalls, shortfalls, total } from '../domain/content-verdict.ts';
import { countRequestId } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { runSchema, stageOf } from '../domain/run.ts';
import { ready } from '../domain/waiting.ts';
import { countNeeds, freshCounts } from '../operations/content-count.ts';
import { keepHookOpenSince } from '../operations/launch-hook.ts';
import { observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true, phases: true, launch: true, sync: true })
  .extend({ content: runSchema.shape.content.optional() });

/**
 * The content gate: has Katello count the replacement's content and compares it with the incumbent's. Success
 * of the sync task proves nothing: Katello skips what it believes to be there.
 */
export const verifyContent = step(
  {
    input,
    needs: [
      ...countNeeds,
      'groups.heartbeat',
      'groups.read',
      'instances.read',
      'ledger.read',
      'ledger.update',
    ],
    writes: 'content',
  },
  async (ports, run) => {
    const { capsuleId } = run.plan;
    if (capsuleId === null)
      throw new NamedFailure('CapsuleNotFound', 'the proxy is not registered');
    const { fleet, group } = await observeProxy(ports, run.request.proxy);
    const replacement = await requireReplacement(ports, group, run.launch.instanceId);
    await keepHookOpenSince(ports, group, replacement, run.sync.hookKeptAt);
    const filled = run.content?.filled ?? false;
    const requestId = countRequestId(run.execution.id, `${stageOf(run)}-${run.sync.taskId}`);
    const found = await freshCounts(ports, capsuleId, run.content?.countTaskId ?? null, requestId);
    if (found.status === 'waiting') return { ...found, filled };
    if (total(found.counts) === 0)
      throw new NamedFailure('ContentMissing', 'Katello counts no content on the replacement');
    const { baseline } = await requireRestorePoint(ports, run.request.proxy);
    const missing = shortfalls(baseline ?? {}, found.counts, fleet.content.shrinkTolerance);
    if (missing.length > 0) {
      const words = describeShortfalls(missing);
      throw new NamedFailure(
        'ContentMissing',
        `the replacement has less content than the incumbent had: ${words}`,
      );
    }
    await ports.ledger.update(run.request.proxy, (old) => ({
      ...old,
      contentCounts: found.counts,
    }));
    return ready({ countTaskId: null, filled: true });
  },
);
