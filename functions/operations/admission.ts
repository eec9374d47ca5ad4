import type { Group, GroupInstance } from '../domain/group.ts';
import type { PortsFor } from '../ports/port-methods.ts';

const bootNeeds = ['boot.read', 'instances.read'] as const;

export const admissionNeeds = [...bootNeeds, 'groups.admit', 'groups.heartbeat'] as const;

/** It has come to its end, well or badly; a machine that is dead boots no more. */
const hasBooted = async (
  { boot, instances }: PortsFor<typeof bootNeeds>,
  id: string,
): Promise<boolean> => {
  const [machine] = await instances.read([id]);
  if (machine?.state !== 'running' && machine?.state !== 'pending') return true;
  const { status } = await boot.read(id);
  return status === 'done' || status === 'failed';
};

/**
 * Lets an instance that waits in its launch hook into service once its first boot has ended, and keeps the
 * hook open until then: let in before its services run, it is found unhealthy when its grace period is
 * over, and replaced by one for which the same is true. What is dead or has failed is let in for just that.
 */
export const admitOnceBooted = async (
  ports: PortsFor<typeof admissionNeeds>,
  group: Group,
  { id }: GroupInstance,
): Promise<boolean> => {
  const isAdmitted = await hasBooted(ports, id);
  if (isAdmitted) await ports.groups.admit(group.name, id);
  else await ports.groups.heartbeat(group.name, id);
  return isAdmitted;
};
