import { NamedFailure } from '../domain/failures.ts';
import type { Fleet, SmartProxy } from '../domain/fleet.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { isLeaving, isServing } from '../domain/survivor.ts';
import { isHealthyEverywhere, type TargetHealth } from '../domain/target-health.ts';
import type { Instance } from '../ports/instances.ts';
import type { PortsWith } from '../ports/port-methods.ts';

/** A proxy as configured, with the current state of its group. */
export interface ObservedProxy {
  readonly fleet: Fleet;
  readonly proxy: SmartProxy;
  readonly group: Group;
}

export const findProxy = async (
  ports: PortsWith<'fleet.read'>,
  name: string,
): Promise<{ readonly fleet: Fleet; readonly proxy: SmartProxy }> => {
  const fleet = await ports.fleet.read();
  const proxy = fleet.proxies.find((candidate) => candidate.name === name);
  if (proxy !== undefined) return { fleet, proxy };
  const known = fleet.proxies.map((candidate) => candidate.name).join(', ');
  throw new NamedFailure(
    'BadRequest',
    `fleet ${fleet.fleet} has no proxy "${name}". Proxies: ${known}`,
  );
};

export const observeProxy = async (
  ports: PortsWith<'fleet.read' | 'groups.read'>,
  name: string,
): Promise<ObservedProxy> => {
  const { fleet, proxy } = await findProxy(ports, name);
  return { fleet, proxy, group: await ports.groups.read(resourceNames.group(fleet.fleet, name)) };
};

export const findInstance = (
  group: Group,
  id: string | null | undefined,
): GroupInstance | undefined => group.instances.find((instance) => instance.id === id);

/** The state of an instance in EC2, and its reason. */
export const describeMachine = (machine: Instance | undefined): string => {
  if (machine === undefined) return 'gone';
  return machine.stateReason === null ? machine.state : `${machine.state}: ${machine.stateReason}`;
};

/**
 * The replacement of this rebuild; throws `ReplacementLost` once it is leaving or gone. Checks EC2 too,
 * because Auto Scaling does not check instances that still wait to be admitted.
 */
export const requireReplacement = async (
  ports: PortsWith<'instances.read'>,
  group: Group,
  id: string,
): Promise<GroupInstance> => {
  const instance = findInstance(group, id);
  const [machine] = await ports.instances.read([id]);
  const isAlive = machine?.state === 'running' || machine?.state === 'pending';
  if (instance !== undefined && !isLeaving(instance) && isAlive) return instance;
  throw new NamedFailure(
    'ReplacementLost',
    `the replacement ${id} is ${instance?.lifecycleState ?? 'no longer in the group'}, ${describeMachine(machine)} (${group.name})`,
  );
};

export const healthOf = (
  ports: PortsWith<'balancer.targetHealth'>,
  group: Group,
  instanceId: string,
): Promise<readonly TargetHealth[]> =>
  ports.balancer.targetHealth(group.targetGroupArns, instanceId);

/** In service, healthy for Auto Scaling, and healthy on every listener of the NLB. */
export const servesEverywhere = async (
  ports: PortsWith<'balancer.targetHealth'>,
  group: Group,
  instance: GroupInstance | undefined,
): Promise<boolean> =>
  instance !== undefined &&
  isServing(instance) &&
  isHealthyEverywhere(await healthOf(ports, group, instance.id));

/** Whether the incumbent of this run is still serving clients. */
export const incumbentServes = (group: Group, incumbentId: string | undefined): boolean => {
  const incumbent = findInstance(group, incumbentId);
  return incumbent !== undefined && isServing(incumbent);
};
