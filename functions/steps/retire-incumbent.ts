import { NamedFailure } from '../domain/failures.ts';
import { runSchema } from '../domain/run.ts';
import { notYet, ready } from '../domain/waiting.ts';
import { lateJobs } from '../operations/late-jobs.ts';
import { observeProxy, requireReplacement } from '../operations/observed-proxy.ts';
import { stopNeeds, stopUnfollowedSyncs } from '../operations/own-syncs.ts';
import { removalNeeds, removeOthers } from '../operations/removal.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import { step } from './step.ts';

const input = runSchema.pick({
  execution: true,
  request: true,
  phases: true,
  plan: true,
  launch: true,
  content: true,
  admit: true,
});

/**
 * Terminates the incumbent and any other instance that Auto Scaling launched, until only the verified
 * replacement is left and Katello runs nothing for this rebuild any more.
 */
export const retireIncumbent = step(
  {
    input,
    needs: [
      ...removalNeeds,
      ...stopNeeds,
      'content.runningJobs',
      'groups.read',
      'instances.read',
      'ledger.read',
      'ledger.update',
    ],
    writes: 'retire',
    underLock: true,
  },
  async (ports, run) => {
    const { instanceId } = run.launch;
    if (!run.content.filled)
      throw new NamedFailure('ContentMissing', `the content of ${instanceId} was never verified`);
    const observed = await observeProxy(ports, run.request.proxy);
    const { group } = observed;
    await requireReplacement(ports, group, instanceId);
    const late = await lateJobs(ports, observed, run);
    if (late !== null) return late;
    const { sizes } = await requireRestorePoint(ports, run.request.proxy);
    const isAlone = await removeOthers(ports, group, instanceId, sizes.desired);
    const own = { owner: run.execution.id, capsuleId: run.plan.capsuleId };
    if (isAlone && (await stopUnfollowedSyncs(ports, run.request.proxy, own))) return ready();
    const words = isAlone
      ? 'Katello is still running a sync of this rebuild'
      : `${group.name} still has ${group.instances.length} instances`;
    return notYet(run, 'retire', ports.clock.now(), words);
  },
);
