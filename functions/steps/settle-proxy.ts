import { learnDurations, phaseDurations } from '../domain/durations.ts';
import type { ProxyRecord } from '../domain/record.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { runSchema } from '../domain/run.ts';
import { ready } from '../domain/waiting.ts';
import { orderNeeds, putGroupInOrder } from '../operations/group-order.ts';
import { observeProxy } from '../operations/observed-proxy.ts';
import { withLeftSyncs } from '../operations/own-syncs.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({
    execution: true,
    request: true,
    phases: true,
    plan: true,
    launch: true,
    provision: true,
  })
  .extend({
    content: runSchema.shape.content.optional(),
    admit: runSchema.shape.admit.optional(),
  });

/** The replacement has everything. A heal did not wait until Katello had stopped the refill, which may still be paused. */
const withoutRefill = (record: ProxyRecord): ProxyRecord => ({
  ...(record.refill === null ? record : withLeftSyncs(record, record.refill)),
  refill: null,
});

/**
 * Makes the outcome permanent: publishes the image for this proxy first, so that the launch template version
 * that the group returns to resolves to the new image, then restores the group's settings and deletes the
 * restore point. Idempotent.
 */
export const settleProxy = step(
  {
    input,
    needs: [
      ...orderNeeds,
      'groups.read',
      'imageParameters.write',
      'instances.read',
      'ledger.read',
      'ledger.update',
    ],
    writes: 'settle',
    underLock: true,
  },
  async (ports, run) => {
    const { fleet, proxy, group } = await observeProxy(ports, run.request.proxy);
    const { imageId } = run.plan;
    if (imageId !== null) {
      await ports.imageParameters.write(
        resourceNames.proxyImageParameter(fleet.fleet, proxy.name),
        imageId,
      );
    }
    const { restorePoint } = await ports.ledger.read(proxy.name);
    if (restorePoint === null) return ready();
    const survivor = { id: run.launch.instanceId, isProtected: false };
    await putGroupInOrder(ports, group, restorePoint, survivor);
    const now = ports.clock.now();
    const [instance] = await ports.instances.read([run.launch.instanceId]);
    await ports.ledger.update(proxy.name, (old) => ({
      ...withoutRefill(old),
      restorePoint: null,
      durationsSeconds: learnDurations(old.durationsSeconds, phaseDurations(run, now)),
      lastRebuild: {
        at: now.toISOString(),
        imageId: instance?.imageId ?? imageId ?? '',
        instanceId: run.launch.instanceId,
        certificateExpiresAt: run.provision.certificate?.expiresAt ?? null,
        ...(run.content?.status === 'ready' && { proven: run.content.proven }),
      },
    }));
    return ready();
  },
);
