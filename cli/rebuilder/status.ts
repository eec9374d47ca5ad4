import { judgeAge, type ProxyAge } from '../../functions/domain/due.ts';
import type { SmartProxy } from '../../functions/domain/fleet.ts';
import { isLeaving } from '../../functions/domain/keeper.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { readAges } from '../../functions/operations/ages.ts';
import { isDryRun, proxyOf, reasonOf } from './asked.ts';
import type { Deployment } from './deployment.ts';
import { type DescribedExecution, running } from './executions.ts';
import { groupLink, regionOf, taskLink } from './links.ts';
import { type Outcome, referenceTo } from './outcome.ts';
import { fleetPositionOf, positionOf } from './position.ts';
import {
  type FleetStatus,
  type ProxyStatus,
  type RebuildStatus,
  type StatusDocument,
  statusText,
} from './status-text.ts';

const dayMs = 86_400_000;

const fleetStatus = async (
  deployment: Deployment,
  execution: DescribedExecution,
): Promise<FleetStatus> => {
  const { state, plan } = await fleetPositionOf(deployment, execution.arn);
  return {
    execution: referenceTo(execution),
    reason: reasonOf(execution),
    startedAt: execution.startedAt.toISOString(),
    state,
    proxies: plan?.proxies ?? [],
  };
};

const rebuildStatus = async (
  deployment: Deployment,
  execution: DescribedExecution,
): Promise<RebuildStatus> => {
  const { phaseStartedAt, sync, ...position } = await positionOf(deployment, execution.arn);
  return {
    execution: referenceTo(execution),
    reason: reasonOf(execution),
    startedAt: execution.startedAt.toISOString(),
    ...position,
    phaseStartedAt: phaseStartedAt?.toISOString() ?? null,
    sync: sync && { ...sync, link: taskLink(deployment.fleet.katello.url, sync.taskId) },
  };
};

/** Of several executions, the one that holds the lock: the others wait, or are about to be refused. */
const workOn = async (
  { ports }: Deployment,
  proxy: string,
  rebuilds: readonly DescribedExecution[],
): Promise<DescribedExecution | null> => {
  const own = rebuilds.filter((execution) => proxyOf(execution) === proxy);
  if (own.length < 2) return own[0] ?? null;
  const holder = await ports.ledger.lockHolder(proxy);
  return own.find(({ arn }) => arn === holder?.executionArn) ?? own[0] ?? null;
};

const proxyStatus = async (
  deployment: Deployment,
  { name }: SmartProxy,
  age: ProxyAge,
  rebuilds: readonly DescribedExecution[],
): Promise<ProxyStatus> => {
  const { fleet, ports, outside, machines } = deployment;
  const groupName = resourceNames.group(fleet.fleet, name);
  const { instances } = await ports.groups.read(groupName);
  const { restorePoint, lastRebuild } = await ports.ledger.read(name);
  const now = outside.clock.now();
  const { launchedAt } = age;
  const work = await workOn(deployment, name, rebuilds);
  // What a rebuild under way has still to tidy up does not make the proxy due.
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
    rebuild: work && (await rebuildStatus(deployment, work)),
    isLeftBehind: restorePoint !== null && work === null,
    link: groupLink(machines['rebuild-proxy'], groupName),
  };
};

/** What runs now, how far it is, and how old every proxy is. */
export const status = async (deployment: Deployment): Promise<Outcome> => {
  const { fleet, machines, outside, ports } = deployment;
  const [fleetExecutions, rebuilds] = [
    (await running(deployment, 'rebuild-fleet')).filter((execution) => !isDryRun(execution)),
    await running(deployment, 'rebuild-proxy'),
  ];
  const ages = new Map((await readAges(ports, fleet)).map((age) => [age.name, age]));
  const executions: FleetStatus[] = [];
  for (const execution of fleetExecutions)
    executions.push(await fleetStatus(deployment, execution));
  const proxies: ProxyStatus[] = [];
  for (const proxy of fleet.proxies) {
    const age = ages.get(proxy.name);
    if (age !== undefined) proxies.push(await proxyStatus(deployment, proxy, age, rebuilds));
  }
  const document: StatusDocument = {
    fleet: fleet.fleet,
    region: regionOf(machines['rebuild-fleet']),
    at: outside.clock.now().toISOString(),
    limitDays: fleet.cycle.limitDays,
    executions,
    proxies,
  };
  return { document, text: (style) => statusText(document, style), isDone: true };
};
