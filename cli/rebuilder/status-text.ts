import type { DueProxy } from '../../functions/domain/due.ts';
import type { GroupInstance } from '../../functions/domain/group.ts';
import { printable } from '../../functions/domain/printable.ts';
import type { Phase, ProxyRecord } from '../../functions/domain/record.ts';
import type { FollowedSync, Reason } from '../../functions/domain/sections.ts';
import { duration } from '../../terminal/figures.ts';
import { progressBar } from '../../terminal/progress.ts';
import { below, heading, type Style } from '../../terminal/style.ts';
import { distance, instant, secondsBetween } from './moments.ts';
import type { ExecutionReference } from './outcome.ts';
import { type Cell, joined, linkLine, table } from './text.ts';

interface Running {
  readonly execution: ExecutionReference;
  readonly reason: Reason | null;
  readonly startedAt: string;
  /** The state of the state machine. */
  readonly state: string | null;
}

export interface FleetStatus extends Running {
  /** Those that are rebuilt, in their order; empty before they are known. */
  readonly proxies: readonly string[];
}

export interface RebuildStatus extends Running {
  readonly phase: Phase | null;
  readonly phaseStartedAt: string | null;
  /** What the phase took in past rebuilds. */
  readonly expectedSeconds: number | null;
  /** What is still missing, as the last look has found it; `null` when nothing is waited for. */
  readonly waitingFor: string | null;
  /** With its task in Katello. */
  readonly sync: (FollowedSync & { readonly link: string }) | null;
}

export interface ProxyStatus {
  readonly name: string;
  /** Of the oldest instance; `null` when there is none. */
  readonly launchedAt: string | null;
  readonly ageDays: number | null;
  /** When the oldest instance reaches the age that none may exceed. */
  readonly limitAt: string | null;
  /** When a rebuild must start, at the latest, to end before the limit. */
  readonly startBy: string | null;
  readonly due: DueProxy['due'];
  readonly why: string;
  readonly instances: readonly Pick<GroupInstance, 'id' | 'lifecycleState' | 'healthy'>[];
  readonly lastRebuild: ProxyRecord['lastRebuild'];
  readonly rebuild: RebuildStatus | null;
  /** An interrupted rebuild has not been put back, and nothing is at it. */
  readonly isLeftBehind: boolean;
  /** The Auto Scaling group in the console. */
  readonly link: string;
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

const sinceWords = (startedAt: string, at: string): string =>
  `since ${instant(startedAt)} (${duration(secondsBetween(startedAt, at))})`;

const fleetLines = (
  { execution, reason, startedAt, state, proxies }: FleetStatus,
  at: string,
  style: Style,
): readonly string[] => [
  `${style.paint('▶', 'bold', 'green')} ${style.paint(printable(execution.name), 'bold')}  ${reason}, ${sinceWords(startedAt, at)}`,
  ...below(
    [state, proxies.length === 0 ? null : `rebuilds ${proxies.join(', ')}`]
      .filter((part) => part !== null)
      .join('; '),
    style,
  ),
  linkLine('execution', execution.link, style),
];

/** `fill for 1 h 02 min, about 2 h 10 min in the past`. */
const phaseWords = (
  { phase, phaseStartedAt, expectedSeconds, state }: RebuildStatus,
  at: string,
) => {
  if (phase === null || phaseStartedAt === null) return state ?? 'is about to begin';
  const past = expectedSeconds === null ? '' : `; it usually takes ${duration(expectedSeconds)}`;
  return `${phase} for ${duration(secondsBetween(phaseStartedAt, at))}${past}`;
};

const syncWords = ({ scope, attempt, progress }: FollowedSync): string =>
  `sync ${progressBar(progress * 100)}  ${scope}, attempt ${attempt}`;

const rebuildLines = (rebuild: RebuildStatus, at: string, style: Style): readonly string[] => [
  ...below(`▶ ${rebuild.reason}: ${phaseWords(rebuild, at)}`, style, 'bold', 'green'),
  ...(rebuild.waitingFor === null ? [] : below(`waits: ${rebuild.waitingFor}`, style)),
  ...(rebuild.sync === null
    ? []
    : [...below(syncWords(rebuild.sync), style), linkLine('task', rebuild.sync.link, style)]),
  linkLine('execution', rebuild.execution.link, style),
];

const proxyRow = (
  { name, ageDays, limitAt, startBy, instances, due, rebuild }: ProxyStatus,
  at: string,
): readonly (Cell | string)[] => {
  const isOver = limitAt !== null && limitAt < at;
  const isLate = startBy !== null && startBy < at;
  const colours = isOver ? (['bold', 'red'] as const) : [];
  return [
    { text: name, colours: ['bold'] },
    ageDays === null ? 'none serves' : `${ageDays.toFixed(1)} days`,
    { text: limitAt === null ? '–' : `${instant(limitAt)} (${distance(limitAt, at)})`, colours },
    {
      text: startBy === null || due === 'later' || rebuild !== null ? '' : distance(startBy, at),
      colours: isLate ? ['red'] : ['yellow'],
    },
    instances
      .map(
        ({ id, lifecycleState, healthy }) =>
          `${id} ${lifecycleState}${healthy ? '' : ' unhealthy'}`,
      )
      .join(', ') || 'no instance',
  ];
};

const proxyLines = (
  proxies: readonly ProxyStatus[],
  at: string,
  style: Style,
): readonly string[] => {
  const titles = ['proxy', 'age', 'limit', 'must start', 'instances'];
  const [title = '', ...rows] = table(
    [
      titles.map((text) => ({ text, colours: ['dim' as const] })),
      ...proxies.map((proxy) => proxyRow(proxy, at)),
    ],
    style,
  );
  return [
    title,
    ...proxies.flatMap(({ rebuild, isLeftBehind, link, name, due, why }, index) => [
      rows[index] ?? '',
      ...(rebuild === null && due !== 'later' ? below(`is due: ${why}`, style, 'yellow') : []),
      ...(rebuild === null ? [] : rebuildLines(rebuild, at, style)),
      ...(isLeftBehind
        ? below(
            `✖ an interrupted rebuild is not put back: npm run rebuilder -- cancel --proxy ${name}`,
            style,
            'bold',
            'red',
          )
        : []),
      linkLine('group', link, style),
    ]),
  ];
};

export const statusText = (document: StatusDocument, style: Style): string => {
  const { fleet, region, at, limitDays, executions, proxies } = document;
  const isIdle = executions.length === 0 && proxies.every(({ rebuild }) => rebuild === null);
  return joined([
    heading(`${fleet} in ${region}, ${instant(at)} UTC`, style),
    ...(isIdle
      ? ['Nothing is running.']
      : executions.flatMap((each) => fleetLines(each, at, style))),
    '',
    heading(`Proxies; none gets older than ${limitDays} days`, style),
    ...proxyLines(proxies, at, style),
  ]);
};
