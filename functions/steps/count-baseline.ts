import { holdsContent, type InstanceContent } from '../domain/content-report.ts';
import { total } from '../domain/content-verdict.ts';
import { countRequestId } from '../domain/derived-id.ts';
import type { KnownContent } from '../domain/known-content.ts';
import { runSchema } from '../domain/run.ts';
import { ready } from '../domain/waiting.ts';
import { countNeeds } from '../operations/content-count.ts';
import { bothWitnesses, type Witnesses } from '../operations/content-witnesses.ts';
import { reportNeeds } from '../operations/fresh-report.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true })
  .extend({ baseline: runSchema.shape.baseline.optional() });

/** An incumbent that was never filled is no baseline. */
const contentOf = ({ counts, report }: Extract<Witnesses, { readonly status: 'ready' }>) => {
  const instance: InstanceContent | null = 'repositories' in report ? report.repositories : null;
  if (instance === null ? total(counts) === 0 : !holdsContent(instance)) return null;
  return { isFresh: instance !== null, katello: counts, instance };
};

/**
 * Takes the incumbent's content as the baseline for the replacement: its own report and Katello's counts. Without an
 * incumbent, or with one that was never verified, the content of the last verified rebuild is the baseline; its
 * report alone, when the incumbent cannot report.
 */
export const countBaseline = step(
  {
    input,
    needs: [
      ...countNeeds,
      ...reportNeeds,
      'ledger.read',
      'ledger.readContent',
      'ledger.writeContent',
    ],
    writes: 'baseline',
  },
  async (ports, { execution, request, plan, baseline }) => {
    const { proxy } = request;
    const { lastRebuild } = await ports.ledger.read(proxy);
    await requireRestorePoint(ports, proxy);
    const isUnverified = lastRebuild !== null && lastRebuild.instanceId !== plan.incumbent?.id;
    if (plan.incumbent === null || plan.capsuleId === null || isUnverified) return save(null);
    const found = await bothWitnesses(ports, {
      capsuleId: plan.capsuleId,
      instanceId: plan.incumbent.id,
      requestId: countRequestId(execution.id, 'baseline'),
      asked: baseline,
    });
    return found.status === 'waiting' ? found : save(contentOf(found));

    async function save(fresh: Omit<KnownContent, 'owner'> | null) {
      const verified = await ports.ledger.readContent(proxy, 'verified');
      const content = {
        owner: execution.id,
        isFresh: fresh?.isFresh ?? false,
        katello: fresh?.katello ?? verified?.katello ?? null,
        instance: fresh?.instance ?? verified?.instance ?? null,
      };
      await ports.ledger.writeContent(proxy, 'baseline', content);
      return ready({ countTaskId: null, report: null });
    }
  },
);
