import { NamedFailure } from '../domain/failures.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import { isLeaving } from '../domain/survivor.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { findInstance, servesEverywhere } from './observed-proxy.ts';

export const removalNeeds = [
  'balancer.targetHealth',
  'groups.protect',
  'groups.terminate',
] as const;
type RemovalPorts = PortsFor<typeof removalNeeds>;

/**
 * The guard in front of every destructive call: an instance is terminated only while another one, the
 * survivor, is in service and healthy on every listener at that moment.
 */
const assertMayRemove = async (
  ports: PortsWith<'balancer.targetHealth'>,
  group: Group,
  victim: GroupInstance,
  survivorId: string,
): Promise<void> => {
  const survivor = findInstance(group, survivorId);
  if (victim.id !== survivorId && (await servesEverywhere(ports, group, survivor))) return;
  throw new NamedFailure(
    'LastHealthyInstance',
    `${victim.id} stays: ${survivorId} is not in service and healthy on every listener of ${group.name}`,
  );
};

/**
 * Once there are more than are desired, Auto Scaling chooses by itself what goes: by zone, by version of the launch
 * template, by age. It may choose anything but the survivor.
 */
const keepFromScaleIn = async (
  ports: PortsWith<'groups.protect'>,
  group: Group,
  survivorId: string,
): Promise<void> => {
  if (findInstance(group, survivorId)?.protectedFromScaleIn === true) return;
  await ports.groups.protect(group.name, survivorId, true);
};

/** A Standby instance does not count towards the desired capacity; removing any other lowers it. */
const terminate = (
  ports: PortsWith<'groups.terminate'>,
  group: Group,
  victim: GroupInstance,
  desired: number,
): Promise<void> | null => {
  if (victim.lifecycleState === 'Standby')
    return ports.groups.terminate(victim.id, { decrement: false });
  if (group.sizes.desired > desired) return ports.groups.terminate(victim.id, { decrement: true });
  // The group is already scaling in; a second request would make it launch again.
  return null;
};

/** Removes one instance under the guard, so that `desired` are left of those that count as capacity. */
export const removeInstance = async (
  ports: RemovalPorts,
  group: Group,
  victim: GroupInstance,
  survivorId: string,
  desired: number,
): Promise<void> => {
  await assertMayRemove(ports, group, victim, survivorId);
  if (victim.lifecycleState !== 'Standby') await keepFromScaleIn(ports, group, survivorId);
  await terminate(ports, group, victim, desired);
};

/**
 * Terminates everything but the survivor, one instance per call, so that each decision uses fresh facts.
 * Returns true once only the survivor is left.
 */
export const removeOthers = async (
  ports: RemovalPorts,
  group: Group,
  survivorId: string,
  desired: number,
): Promise<boolean> => {
  const others = group.instances.filter((instance) => instance.id !== survivorId);
  const victim = others.find((instance) => !isLeaving(instance));
  if (victim === undefined) return others.length === 0;
  await removeInstance(ports, group, victim, survivorId, desired);
  return false;
};
