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

/** `port 9090 initial`, for people; where the instance is not registered, no port is known. */
const words = ({ state, port, reason }: TargetHealth): string =>
  state === 'absent'
    ? 'not registered'
    : `port ${port ?? '?'} ${state}${reason === null ? '' : ` (${reason})`}`;

/** What keeps an instance from being healthy on every listener. */
export const describeHealth = (health: readonly TargetHealth[]): string => {
  if (health.length === 0) return 'no listener answers';
  const missing = health.filter(({ state }) => state !== 'healthy').map(words);
  return [...new Set(missing)].join(', ') || 'healthy on every listener';
};
