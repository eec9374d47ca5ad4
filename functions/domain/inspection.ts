import { NamedFailure } from './failures.ts';
import type { Group, GroupInstance } from './group.ts';
import type { Run } from './run.ts';
import { isLeaving, isServing } from './survivor.ts';

/** The instance that serves now, and an existing one that will become the replacement. */
export interface Roles {
  readonly incumbent: GroupInstance | null;
  readonly adopt: GroupInstance | null;
}

const essentialProcesses = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'];

const assertProcessesRun = (group: Group): void => {
  const stopped = essentialProcesses.filter((process) =>
    group.suspendedProcesses.includes(process),
  );
  if (stopped.length === 0) return;
  throw new NamedFailure(
    'ProcessesSuspended',
    `${group.name}: ${stopped.join(', ')} suspended, by a person or by AWS after repeated failures; resume them first`,
  );
};

const unsettled = (group: Group, instances: readonly GroupInstance[]): NamedFailure =>
  new NamedFailure(
    'GroupNotSettled',
    `${group.name} should have one instance in service, but has ${
      instances.map(({ id, lifecycleState }) => `${id} ${lifecycleState}`).join(', ') || 'none'
    }`,
  );

const rolesForHeal = (
  group: Group,
  present: readonly GroupInstance[],
  launchedId: string | null,
): Roles => {
  const adopt = present.find(({ id }) => id === launchedId) ?? null;
  const incumbent = present.find((instance) => instance !== adopt && isServing(instance)) ?? null;
  if (launchedId === null && present.length === 1)
    return { incumbent: null, adopt: present[0] ?? null };
  if (launchedId === null) throw unsettled(group, present);
  return { incumbent, adopt };
};

const rolesForRebuild = (group: Group, present: readonly GroupInstance[]): Roles => {
  const [only, ...others] = present;
  if (only === undefined) return { incumbent: null, adopt: null };
  if (others.length > 0 || !isServing(only)) throw unsettled(group, present);
  return { incumbent: only, adopt: null };
};

/** Finds the instances of a rebuild or heal in the group; throws if the group is not ready for it. */
export const rolesOf = (group: Group, request: Run['request']): Roles => {
  assertProcessesRun(group);
  const present = group.instances.filter((instance) => !isLeaving(instance));
  return request.reason === 'heal'
    ? rolesForHeal(group, present, request.instanceId)
    : rolesForRebuild(group, present);
};
