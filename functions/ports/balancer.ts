import type { TargetHealth } from '../domain/target-health.ts';

export type { TargetHealth } from '../domain/target-health.ts';

/** The NLB's view. Errors as in `GroupPort`. */
export interface BalancerPort {
  /** One element per target group, in the order asked; a missing answer never becomes `healthy`. */
  targetHealth(
    targetGroupArns: readonly string[],
    instanceId: string,
  ): Promise<readonly TargetHealth[]>;
}
