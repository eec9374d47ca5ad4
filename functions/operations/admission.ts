import type { Group, GroupInstance } from '../domain/group.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * Lets an instance that waits in its launch hook into service once its first boot has ended, and keeps the
 * hook open until then: let in before its services run, it is found unhealthy when its grace period is
 * over, and replaced by one for which the same is true. A boot that has failed is let in for just that.
 */
export const admitOnceBooted = async (
  ports: Pick<Ports, 'boot' | 'groups'>,
  group: Group,
  { id }: GroupInstance,
): Promise<boolean> => {
  const { status } = await ports.boot.read(id);
  const hasEnded = status === 'done' || status === 'failed';
  if (hasEnded) await ports.groups.admit(group.name, id);
  else await ports.groups.heartbeat(group.name, id);
  return hasEnded;
};
