import { holdsContent, type InstanceContent } from '../domain/content-report.ts';
import { total } from '../domain/content-verdict.ts';
import { countRequestId } from '../domain/derived-id.ts';
import { knownGateway, usesGateway } from '../domain/gateway.ts';
import type { KnownContent } from '../domain/known-content.ts';
import { runSchema } from '../domain/run.ts';
import { sectionsSchema } from '../domain/sections.ts';
import { ready } from '../domain/waiting.ts';
import { countNeeds } from '../operations/content-count.ts';
import { bothWitnesses, type Witnesses } from '../operations/content-witnesses.ts';
import { gatewayLeftAlone, reportNeeds } from '../operations/fresh-report.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, plan: true })
  .extend({ baseline: sectionsSchema.shape.baseline.optional() });

/** An incumbent that was never filled is no baseline. */
const contentOf = ({ counts, report }: Extract<Witnesses, { readonly status: 'ready' }>) => {
  const own = 'repositories' in report ? report : null;
  const instance: InstanceContent | null = own?.repositories ?? null;
  if (instance === null ? total(counts) === 0 : !holdsContent(instance)) return null;
  return {
    isFresh: instance !== null,
    katello: counts,
    instance,
    gateway: knownGateway(own?.gateway ?? null),
  };
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
      publicNames: gatewayLeftAlone,
    });
    return found.status === 'waiting' ? found : save(contentOf(found));

    async function save(fresh: Omit<KnownContent, 'owner'> | null) {
      const verified = await ports.ledger.readContent(proxy, 'verified');
      const content = {
        owner: execution.id,
        isFresh: fresh?.isFresh ?? false,
        katello: fresh?.katello ?? verified?.katello ?? null,
        instance: fresh?.instance ?? verified?.instance ?? null,
        gateway: (fresh?.instance ? fresh.gateway : verified?.gateway) ?? null,
      };
      await ports.ledger.writeContent(proxy, 'baseline', content);
      return ready({ countTaskId: null, report: null, usesGateway: usesGateway(content) });
    }
  },
);
