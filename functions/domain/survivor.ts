import type { GroupInstance } from './group.ts';

export const isLeaving = (instance: GroupInstance): boolean =>
  instance.lifecycleState.startsWith('Terminat') || instance.lifecycleState.startsWith('Detach');

const usefulness = (instance: GroupInstance, incumbentId: string | null): number => {
  // Auto Scaling will replace it whatever anybody does, and never takes its verdict back.
  if (!instance.healthy) return 0;
  if (instance.id === incumbentId) return 3;
  return instance.lifecycleState === 'InService' ? 2 : 1;
};

/**
 * The instance that a rollback keeps: the incumbent if it is alive and Auto Scaling calls it healthy, else the one
 * that serves, else any that waits, else what is ill but alive. `alive` are the ids of the instances that EC2 reports as pending or running.
 */
export const chooseSurvivor = (
  instances: readonly GroupInstance[],
  alive: ReadonlySet<string>,
  incumbentId: string | null,
): GroupInstance | null => {
  const candidates = instances.filter((instance) => !isLeaving(instance) && alive.has(instance.id));
  return candidates.reduce<GroupInstance | null>(
    (best, instance) =>
      best === null || usefulness(instance, incumbentId) > usefulness(best, incumbentId)
        ? instance
        : best,
    null,
  );
};

export const isServing = (instance: GroupInstance): boolean =>
  instance.lifecycleState === 'InService' && instance.healthy;
