/** Health of one instance in one target group. */
export interface TargetHealth {
  readonly targetGroupArn: string;
  /** The state that Elastic Load Balancing reports; `absent` if the instance is not registered there. */
  readonly state:
    | 'initial'
    | 'healthy'
    | 'unhealthy'
    | 'unused'
    | 'draining'
    | 'unhealthy.draining'
    | 'unavailable'
    | 'absent';
  readonly port: number | null;
  readonly reason: string | null;
}

export const isHealthyEverywhere = (health: readonly TargetHealth[]): boolean =>
  health.length > 0 && health.every((target) => target.state === 'healthy');

export const isOutOfService = (health: readonly TargetHealth[]): boolean =>
  health.every((target) => target.state === 'absent' || target.state === 'unused');
