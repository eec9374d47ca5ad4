import { printable } from '../../functions/domain/printable.ts';
import type { FollowedSync } from '../../functions/domain/sections.ts';
import { readAges } from '../../functions/operations/ages.ts';
import { distance, duration, instant } from '../../terminal/figures.ts';
import { progressBar } from '../../terminal/progress.ts';
import { below, heading, type Style } from '../../terminal/style.ts';
import { command } from '../command.ts';
import type { Deployment } from '../deployment.ts';
import { regionOf } from '../document.ts';
import { isDryRun } from '../execution-input.ts';
import { type DescribedExecution, listRunning } from '../executions.ts';
import { fleetPositionOf } from '../position.ts';
import {
  type ProxyStatus,
  type RebuildStatus,
  type RunningExecution,
  readProxyStatus,
  runningExecution,
} from '../proxy-status.ts';
import { bold, detailedTable, dim, linkLine, type Row, secondsBetween } from '../text.ts';

interface FleetStatus extends RunningExecution {
  /** The proxies being rebuilt, in order; empty until they are planned. */
  readonly proxies: readonly string[];
}

export interface StatusDocument {
  readonly fleet: string;
  readonly region: string;
  readonly at: string;
  readonly limitDays: number;
  /** Running executions of the whole fleet. */
  readonly executions: readonly FleetStatus[];
  readonly proxies: readonly ProxyStatus[];
}

const readFleetStatus = async (
  deployment: Deployment,
  execution: DescribedExecution,
): Promise<FleetStatus> => {
  const { state, plan } = await fleetPositionOf(deployment, execution.arn);
  return { ...runningExecution(execution, state), proxies: plan?.proxies ?? [] };
};

const readFleetStatuses = async (deployment: Deployment): Promise<readonly FleetStatus[]> => {
  const statuses: FleetStatus[] = [];
  for (const execution of await listRunning(deployment, 'rebuild-fleet'))
    if (!isDryRun(execution)) statuses.push(await readFleetStatus(deployment, execution));
  return statuses;
};

const readProxyStatuses = async (deployment: Deployment): Promise<readonly ProxyStatus[]> => {
  const { fleet, ports, environment } = deployment;
  const rebuilds = await listRunning(deployment, 'rebuild-proxy');
  const known = await readAges(ports, fleet, environment.clock.now());
  const ages = new Map(known.map((age) => [age.name, age]));
  const statuses: ProxyStatus[] = [];
  for (const proxy of fleet.proxies) {
    const age = ages.get(proxy.name);
    if (age !== undefined) statuses.push(await readProxyStatus(deployment, proxy, age, rebuilds));
  }
  return statuses;
};

const sinceWords = (startedAt: string, at: string): string =>
  `since ${instant(startedAt)} (${duration(secondsBetween(startedAt, at))})`;

const fleetLines = (
  { execution, reason, startedAt, state, proxies }: FleetStatus,
  at: string,
  style: Style,
): readonly string[] => [
  `${style.paint('▶', 'bold', 'green')} ${style.paint(printable(execution.name), 'bold')}  ${reason}, ${sinceWords(startedAt, at)}`,
  ...below(
    [state ?? [], proxies.length === 0 ? [] : `rebuilds ${proxies.join(', ')}`].flat().join('; '),
    style,
  ),
  linkLine('execution', execution.link, style),
];

/** For example `fill for 1 h 02 min; it usually takes 2 h 10 min`. */
const phaseWords = (
  { phase, phaseStartedAt, expectedSeconds, state }: RebuildStatus,
  at: string,
) => {
  if (phase === null || phaseStartedAt === null) return state ?? 'starting';
  const past = expectedSeconds === null ? '' : `, usually ${duration(expectedSeconds)}`;
  return `${phase} for ${duration(secondsBetween(phaseStartedAt, at))}${past}`;
};

const syncWords = ({ scope, attempt, progress }: FollowedSync): string =>
  `sync ${progressBar(progress * 100)}  ${scope}, attempt ${attempt}`;

const rebuildLines = (rebuild: RebuildStatus, at: string, style: Style): readonly string[] => [
  ...below(`▶ ${rebuild.reason}: ${phaseWords(rebuild, at)}`, style, 'bold', 'green'),
  ...(rebuild.waitingFor === null ? [] : below(`waiting: ${rebuild.waitingFor}`, style)),
  ...(rebuild.sync === null
    ? []
    : [...below(syncWords(rebuild.sync), style), linkLine('task', rebuild.sync.link, style)]),
  linkLine('execution', rebuild.execution.link, style),
];

const proxyRow = (
  { name, ageDays, limitAt, startBy, instances, due, rebuild }: ProxyStatus,
  at: string,
): Row => {
  const isOver = limitAt !== null && limitAt < at;
  const isLate = startBy !== null && startBy < at;
  const limit = limitAt === null ? '–' : `${instant(limitAt)} (${distance(limitAt, at)})`;
  const start =
    startBy === null || due === 'later' || rebuild !== null ? '' : distance(startBy, at);
  const shown = instances.map(
    ({ id, lifecycleState, healthy }) => `${id} ${lifecycleState}${healthy ? '' : ' unhealthy'}`,
  );
  return [
    bold(name),
    ageDays === null ? 'none serving' : `${ageDays.toFixed(1)} days`,
    { text: limit, colours: isOver ? ['bold', 'red'] : [] },
    { text: start, colours: isLate ? ['red'] : ['yellow'] },
    shown.join(', ') || 'no instance',
  ];
};

/** What the instance in service may lack, and what is done about it. */
const refillLines = ({ refill }: ProxyStatus, style: Style): readonly string[] => {
  if (refill === null) return [];
  const { since, attempt, isGivenUp, link } = refill;
  const lacks = `may lack content published since ${instant(since)}`;
  const filling = link === null ? 'a sync has yet to be started' : `sync ${attempt} is under way`;
  return [
    ...below(
      isGivenUp ? `✖ ${lacks}; the next sweep rebuilds it` : `${lacks}; ${filling}`,
      style,
      'yellow',
    ),
    ...(link === null ? [] : [linkLine('task', link, style)]),
  ];
};

const proxyDetails = (proxy: ProxyStatus, at: string, style: Style): readonly string[] => {
  const { rebuild, isLeftBehind, link, name, due, why } = proxy;
  const again = `npm run rebuilder -- cancel --proxy ${name}`;
  const leftBehind = `✖ interrupted rebuild not rolled back; run: ${again}`;
  return [
    ...(rebuild === null && due !== 'later' ? below(`due: ${why}`, style, 'yellow') : []),
    ...(rebuild === null ? [] : rebuildLines(rebuild, at, style)),
    ...refillLines(proxy, style),
    ...(isLeftBehind ? below(leftBehind, style, 'bold', 'red') : []),
    linkLine('group', link, style),
  ];
};

export const statusText = (document: StatusDocument, style: Style): readonly string[] => {
  const { fleet, region, at, limitDays, executions, proxies } = document;
  const isIdle = executions.length === 0 && proxies.every(({ rebuild }) => rebuild === null);
  return [
    heading(`${fleet} in ${region}, ${instant(at)} UTC`, style),
    ...(isIdle
      ? ['Nothing is running.']
      : executions.flatMap((each) => fleetLines(each, at, style))),
    '',
    heading(`Proxies, maximum age ${limitDays} days`, style),
    ...detailedTable(
      proxies,
      (proxy) => proxyRow(proxy, at),
      (proxy) => proxyDetails(proxy, at, style),
      style,
      ['proxy', 'age', 'limit', 'must start', 'instances'].map(dim),
    ),
  ];
};

/** Running executions, their progress, and the age of every proxy. */
export const status = command({
  help: 'show running executions and the age of every proxy (default)',
  options: {},
  read: () => null,
  run: async (deployment): Promise<StatusDocument> => {
    const { fleet, machines, environment } = deployment;
    const executions = await readFleetStatuses(deployment);
    const proxies = await readProxyStatuses(deployment);
    return {
      fleet: fleet.fleet,
      region: regionOf(machines['rebuild-fleet']),
      at: environment.clock.now().toISOString(),
      limitDays: fleet.cycle.limitDays,
      executions,
      proxies,
    };
  },
  text: statusText,
});
