import type { Group } from '../domain/group.ts';
import { tagNames } from '../domain/resource-names.ts';
import { runSchema } from '../domain/run.ts';
import { isLeaving, isServing } from '../domain/survivor.ts';
import { waiting } from '../domain/waiting.ts';
import { findInstance, observeProxy } from '../operations/observed-proxy.ts';
import type { Instance } from '../ports/instances.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema.pick({ request: true });

/** While nothing serves, an admission restores service, so check often; otherwise the running rebuild takes hours. */
const outageLookSeconds = 30;
const lookSeconds = { soonest: 60, latest: 1800 } as const;

/** Restores service with the incumbent or, failing that, with the first instance whose first boot is done. */
const reliefNeeds = ['boot.read', 'groups.admit', 'groups.exitStandby'] as const;

const relieve = async (
  ports: PortsFor<typeof reliefNeeds>,
  group: Group,
): Promise<string | null> => {
  const standby = group.instances.find(({ lifecycleState }) => lifecycleState === 'Standby');
  if (standby !== undefined) {
    await ports.groups.exitStandby(group.name, standby.id);
    return standby.id;
  }
  for (const waiting of group.instances.filter(
    ({ lifecycleState }) => lifecycleState === 'Pending:Wait',
  )) {
    if ((await ports.boot.read(waiting.id)).status !== 'done') continue;
    await ports.groups.admit(group.name, waiting.id);
    return waiting.id;
  }
  return null;
};

/** The launched instance, unless the running rebuild has adopted it or it is leaving. */
const findUnclaimed = async (
  ports: PortsWith<'instances.read'>,
  group: Group,
  launchedId: string | null,
): Promise<Instance | null> => {
  const listed = findInstance(group, launchedId);
  if (launchedId === null || (listed !== undefined && isLeaving(listed))) return null;
  const [machine] = await ports.instances.read([launchedId]);
  if (machine?.state !== 'running' && machine?.state !== 'pending') return null;
  return machine.tags[tagNames.rebuild] === undefined ? machine : null;
};

/**
 * Handles a launch event that arrives during a running rebuild. When nothing serves any more, returns the
 * incumbent from Standby or, failing that, admits the first provisioned instance that waits, filled or not;
 * the running rebuild notices at its next check. An instance that the rebuild did not launch waits for the
 * lock and is filled then, if it still exists.
 */
export const admitInEmergency = step(
  { input, needs: [...reliefNeeds, 'groups.read', 'instances.read'], writes: 'emergency' },
  async (ports, { request }) => {
    const { group } = await observeProxy(ports, request.proxy);
    const isOutage = !group.instances.some(isServing);
    const admitted = isOutage ? await relieve(ports, group) : null;
    const unclaimed = await findUnclaimed(ports, group, request.instanceId);
    if (unclaimed === null) return { status: 'taken-care-of', admitted };
    const ageSeconds = (ports.clock.now().getTime() - unclaimed.launchedAt.getTime()) / 1000;
    const { soonest, latest } = lookSeconds;
    const waitSeconds = isOutage
      ? outageLookSeconds
      : Math.round(Math.min(latest, Math.max(soonest, ageSeconds / 4)));
    const words = `another rebuild holds the lock and ${unclaimed.id} does not belong to it`;
    return { ...waiting(waitSeconds, words), admitted };
  },
);
