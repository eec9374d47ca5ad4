import type { ScalingGroup } from '../aws/scaling-group.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { ScheduledFault } from '../faults/fault.ts';
import type { InvariantChecker } from '../invariants/invariant-checker.ts';
import type { Capsule } from '../katello/capsule.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import type { ExecutionWatch } from '../world/execution-watch.ts';
import { proxyOf } from '../world/watch.ts';
import type { SimulatedWorld } from '../world/world.ts';

/** What a scheduled event acts on: a run, as far as it needs it. */
export interface EventScope {
  readonly kernel: Kernel;
  readonly world: SimulatedWorld;
  readonly executions: Executions;
  readonly watch: ExecutionWatch;
  readonly checker: InvariantChecker;
}

/** The groups that a fault hits: that of its proxy, or all. */
export const groupsOf = (
  { world }: EventScope,
  { proxy }: ScheduledFault,
): readonly ScalingGroup[] =>
  [...world.aws.groups.values()].filter(
    ({ settings }) => proxy === undefined || settings.proxy === proxy,
  );

export const capsulesOf = ({ world }: EventScope, { proxy }: ScheduledFault): readonly Capsule[] =>
  world.fleet.proxies
    .filter(({ name }) => proxy === undefined || name === proxy)
    .flatMap(({ name }) => world.katello.capsuleOf(name) ?? []);

/** The incumbent of a group is its oldest instance that lives, the replacement the youngest beside it. */
export const victimOf = (
  { world }: EventScope,
  group: ScalingGroup,
  { target = 'incumbent' }: ScheduledFault,
): Machine | undefined => {
  const living = group
    .members()
    .filter(({ state }) => !state.startsWith('Terminat'))
    .toSorted((one, other) => one.joinedAt - other.joinedAt)
    .flatMap(({ id }) => world.machines.get(id) ?? [])
    .filter(({ alive }) => alive);
  return target === 'incumbent' ? living[0] : living.slice(1).at(-1);
};

/** Of a proxy the rebuild that holds its lock; of none the fleet's, or else any. */
export const stoppable = (
  { executions, watch }: EventScope,
  { proxy }: ScheduledFault,
): SimulatedExecution | undefined => {
  const running = executions.all().filter(({ status }) => status === 'RUNNING');
  if (proxy === undefined)
    return running.find(({ machine }) => machine === 'rebuild-fleet') ?? running[0];
  const own = running.filter((execution) => proxyOf(execution) === proxy);
  const holders = watch.holders.get(proxy);
  return own.find(({ arn }) => holders?.has(arn)) ?? own[0];
};

const hasEndedBadly = ({ machine, status }: SimulatedExecution): boolean =>
  machine === 'rebuild-proxy' && status !== 'RUNNING' && status !== 'SUCCEEDED';

/** The last rebuild that has failed or was stopped, of a proxy or of any. */
export const redrivable = (
  { executions }: EventScope,
  { proxy }: ScheduledFault,
): SimulatedExecution | undefined =>
  executions
    .all()
    .findLast(
      (execution) =>
        hasEndedBadly(execution) && (proxy === undefined || proxyOf(execution) === proxy),
    );
