import type { Group, GroupInstance } from '../domain/group.ts';
import type { PortsFor } from '../ports/port-methods.ts';

const bootNeeds = ['boot.read', 'instances.read'] as const;

export const admissionNeeds = [...bootNeeds, 'groups.admit', 'groups.heartbeat'] as const;

/** First boot has ended, well or badly; a dead instance does not boot any further. */
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
 * Admits an instance that waits in its launch hook once its first boot has ended, and keeps the hook open
 * until then: admitted before its services run, it would fail its health check after the grace period and be
 * replaced by an instance with the same problem. Dead or failed instances are admitted so that exactly this
 * replaces them.
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
