import type { TargetHealth } from '../domain/target-health.ts';

export type { TargetHealth } from '../domain/target-health.ts';

/** The NLB's view. Errors as in `GroupPort`. */
export interface BalancerPort {
  /** One element per target group, in the order given; missing data never counts as `healthy`. */
  targetHealth(
    targetGroupArns: readonly string[],
    instanceId: string,
  ): Promise<readonly TargetHealth[]>;
  /** Instances that are registered with any of the target groups, however they fare: a connection may reach them. */
  registered(targetGroupArns: readonly string[]): Promise<readonly string[]>;
}
