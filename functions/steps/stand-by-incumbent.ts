import { NamedFailure } from '../domain/failures.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import { runSchema } from '../domain/run.ts';
import { isLeaving } from '../domain/survivor.ts';
import { describeHealth, isOutOfService } from '../domain/target-health.ts';
import { notYet, ready } from '../domain/waiting.ts';
import {
  findInstance,
  healthOf,
  observeProxy,
  requireReplacement,
  servesEverywhere,
} from '../operations/observed-proxy.ts';
import { removalNeeds, removeInstance } from '../operations/removal.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema.pick({
  execution: true,
  request: true,
  phases: true,
  plan: true,
  launch: true,
});

const moveOut = async (
  ports: PortsWith<'balancer.targetHealth' | 'groups.enterStandby' | 'instances.read'>,
  group: Group,
  incumbent: GroupInstance,
  replacementId: string,
): Promise<void> => {
  const replacement = await requireReplacement(ports, group, replacementId);
  if (!(await servesEverywhere(ports, group, replacement))) {
    throw new NamedFailure(
      'LastHealthyInstance',
      `${incumbent.id} stays in service: ${replacementId} is not healthy on every listener`,
    );
  }
  await ports.groups.enterStandby(group.name, incumbent.id);
};

/**
 * Takes the incumbent out of the load balancer but keeps it running: returning it to service takes one call.
 * One that Auto Scaling has found unhealthy is terminated under the guard instead, as it could not return to service.
 * Neither that one nor one that has died needs a soak.
 */
export const standByIncumbent = step(
  {
    input,
    needs: [...removalNeeds, 'groups.enterStandby', 'groups.read', 'instances.read'],
    writes: 'standby',
    underLock: true,
  },
  async (ports, run) => {
    const { fleet, group } = await observeProxy(ports, run.request.proxy);
    const incumbent = findInstance(group, run.plan.incumbent?.id);
    if (incumbent === undefined || isLeaving(incumbent)) return ready({ soakSeconds: 0 });
    const health = await healthOf(ports, group, incumbent.id);
    if (incumbent.lifecycleState === 'Standby' && isOutOfService(health)) {
      return ready({ soakSeconds: fleet.cycle.soakMinutes * 60 });
    }
    if (incumbent.lifecycleState === 'InService' && !incumbent.healthy)
      await removeInstance(ports, group, incumbent, run.launch.instanceId, 1);
    else if (incumbent.lifecycleState === 'InService')
      await moveOut(ports, group, incumbent, run.launch.instanceId);
    const words = `${incumbent.id} is ${incumbent.lifecycleState}; ${describeHealth(health)}`;
    return notYet(run, 'standby', ports.clock.now(), words);
  },
);
