import { total } from '../domain/content-verdict.ts';
import { countRequestId } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { runSchema } from '../domain/run.ts';
import { ready } from '../domain/waiting.ts';
import { countNeeds, freshCounts } from '../operations/content-count.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true })
  .extend({ baseline: runSchema.shape.baseline.optional() });

/**
 * Counts the incumbent's content as the baseline for the replacement. Without an incumbent, or with one that
 * was never verified, the counts of the last verified rebuild are the baseline.
 */
export const countBaseline = step(
  { input, needs: [...countNeeds, 'ledger.read', 'ledger.update'], writes: 'baseline' },
  async (ports, { execution, request, plan, baseline }) => {
    const record = await ports.ledger.read(request.proxy);
    const isUnverified =
      record.lastRebuild !== null && record.lastRebuild.instanceId !== plan.incumbent?.id;
    if (plan.incumbent === null || plan.capsuleId === null || isUnverified) {
      await saveBaseline(record.contentCounts);
      return ready({ countTaskId: null });
    }
    const requestId = countRequestId(execution.id, 'baseline');
    const found = await freshCounts(
      ports,
      plan.capsuleId,
      baseline?.countTaskId ?? null,
      requestId,
    );
    if (found.status === 'waiting') return found;
    // An incumbent that was never filled is no baseline.
    await saveBaseline(total(found.counts) > 0 ? found.counts : record.contentCounts);
    return ready({ countTaskId: null });

    async function saveBaseline(counts: typeof record.contentCounts): Promise<void> {
      await ports.ledger.update(request.proxy, (old) => {
        if (old.restorePoint === null)
          throw new NamedFailure('BaselineMissing', 'the restore point no longer exists');
        return { ...old, restorePoint: { ...old.restorePoint, baseline: counts } };
      });
    }
  },
);
