import { type DueProxy, judgeAge, type ProxyAge } from '../functions/domain/due.ts';
import type { SmartProxy } from '../functions/domain/fleet.ts';
import type { GroupInstance } from '../functions/domain/group.ts';
import type { Phase, ProxyRecord } from '../functions/domain/record.ts';
import type { Refill } from '../functions/domain/refill.ts';
import { resourceNames } from '../functions/domain/resource-names.ts';
import type { FollowedSync, Reason } from '../functions/domain/sections.ts';
import { isLeaving } from '../functions/domain/survivor.ts';
import type { Deployment } from './deployment.ts';
import { type ExecutionReference, groupLink, referenceTo, taskLink } from './document.ts';
import { reasonOf } from './execution-input.ts';
import type { DescribedExecution } from './executions.ts';
import { positionOf } from './position.ts';
import { isFollowingRefill } from './rolling-back.ts';

export interface RunningExecution {
  readonly execution: ExecutionReference;
  readonly reason: Reason | null;
  readonly startedAt: string;
  /** The state of the state machine. */
  readonly state: string | null;
}

export interface RebuildStatus extends RunningExecution {
  readonly phase: Phase | null;
  readonly phaseStartedAt: string | null;
  /** How long the phase took in past rebuilds. */
  readonly expectedSeconds: number | null;
  /** What the last check found missing; `null` when it is not waiting. */
  readonly waitingFor: string | null;
  /** With its task in Katello. */
  readonly sync: (FollowedSync & { readonly link: string }) | null;
}

export interface ProxyStatus {
  readonly name: string;
  /** Age of the oldest instance; `null` when there is none. */
  readonly launchedAt: string | null;
  readonly ageDays: number | null;
  /** When the oldest instance reaches the maximum age. */
  readonly limitAt: string | null;
  /** The latest time at which a rebuild can start and still finish before the limit. */
  readonly startBy: string | null;
  readonly due: DueProxy['due'];
  readonly why: string;
  readonly instances: readonly Pick<GroupInstance, 'id' | 'lifecycleState' | 'healthy'>[];
  readonly lastRebuild: ProxyRecord['lastRebuild'];
  readonly rebuild: RebuildStatus | null;
  /** What a rollback left the proxy without, until Katello has filled it again; with its task in Katello. */
  readonly refill:
    | (Pick<Refill, 'since' | 'attempt' | 'isGivenUp'> & { readonly link: string | null })
    | null;
  /** An interrupted rebuild has not been rolled back, and no execution is working on it. */
  readonly isLeftBehind: boolean;
  /** The Auto Scaling group in the console. */
  readonly link: string;
}

const dayMs = 86_400_000;

export const runningExecution = (
  execution: DescribedExecution,
  state: string | null,
): RunningExecution => ({
  execution: referenceTo(execution),
  reason: reasonOf(execution),
  startedAt: execution.startedAt.toISOString(),
  state,
});

const readRebuild = async (
  deployment: Deployment,
  execution: DescribedExecution,
): Promise<RebuildStatus> => {
  const { state, phaseStartedAt, sync, ...position } = await positionOf(deployment, execution.arn);
  return {
    ...runningExecution(execution, state),
    ...position,
    phaseStartedAt: phaseStartedAt?.toISOString() ?? null,
    sync: sync && { ...sync, link: taskLink(deployment.fleet.katello.url, sync.taskId) },
  };
};

/**
 * Of several executions, the one that holds the lock; the others are waiting or about to be refused. One that only
 * follows a refill works on nothing.
 */
const findWork = async (
  deployment: Deployment,
  proxy: string,
  rebuilds: readonly DescribedExecution[],
): Promise<DescribedExecution | null> => {
  const own: DescribedExecution[] = [];
  for (const execution of rebuilds) {
    if (execution.proxy === proxy && !(await isFollowingRefill(deployment, execution)))
      own.push(execution);
  }
  if (own.length < 2) return own[0] ?? null;
  const holder = await deployment.ports.ledger.lockHolder(proxy);
  return own.find(({ arn }) => arn === holder?.executionArn) ?? own[0] ?? null;
};

const describeRefill = (
  { fleet }: Deployment,
  { since, attempt, isGivenUp, taskId }: Refill,
): ProxyStatus['refill'] => ({
  since,
  attempt,
  isGivenUp,
  link: taskId && taskLink(fleet.katello.url, taskId),
});

/** The age of a proxy and what is running on it; `rebuilds` are all running `rebuild-proxy` executions. */
export const readProxyStatus = async (
  deployment: Deployment,
  { name }: SmartProxy,
  age: ProxyAge,
  rebuilds: readonly DescribedExecution[],
): Promise<ProxyStatus> => {
  const { fleet, ports, environment, machines } = deployment;
  const groupName = resourceNames.group(fleet.fleet, name);
  const { instances } = await ports.groups.read(groupName);
  const { restorePoint, lastRebuild, refill } = await ports.ledger.read(name);
  const now = environment.clock.now();
  const { launchedAt } = age;
  const work = await findWork(deployment, name, rebuilds);
  // While a rebuild is running, its unfinished restore point does not make the proxy due.
  const judged = work === null ? age : { ...age, leftBehind: null };
  const { due, why, startBy } = judgeAge(fleet.cycle, judged, now);
  const limitMs = fleet.cycle.limitDays * dayMs;
  return {
    name,
    launchedAt: launchedAt?.toISOString() ?? null,
    ageDays: launchedAt && Math.round((now.getTime() - launchedAt.getTime()) / (dayMs / 100)) / 100,
    limitAt: launchedAt && new Date(launchedAt.getTime() + limitMs).toISOString(),
    startBy: startBy?.toISOString() ?? null,
    due,
    why,
    instances: instances
      .filter((instance) => !isLeaving(instance))
      .map(({ id, lifecycleState, healthy }) => ({ id, lifecycleState, healthy })),
    lastRebuild,
    rebuild: work && (await readRebuild(deployment, work)),
    refill: refill && describeRefill(deployment, refill),
    isLeftBehind: restorePoint !== null && work === null,
    link: groupLink(machines['rebuild-proxy'], groupName),
  };
};
