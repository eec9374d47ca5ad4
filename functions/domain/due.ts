import { expiresTooEarly } from './certificates.ts';
import type { Cycle } from './cycle.ts';
import type { ProvenContent } from './proven-content.ts';
import { isWindowOpen, nextOpening } from './windows.ts';

/** The age of a proxy, which is that of its oldest instance, and the expected duration of a rebuild. */
export interface ProxyAge {
  readonly name: string;
  /** `null`: the proxy has no instance, so it has no age. */
  readonly launchedAt: Date | null;
  readonly expectedSeconds: number;
  /** What an earlier rebuild or heal left behind, in words; `null`: nothing. */
  readonly leftBehind: string | null;
  /** When the first certificate of the instance that serves expires; `null`: no rebuild has learned it. */
  readonly certificateExpiresAt: string | null;
  /** A running execution holds its lock. */
  readonly isBeingRebuilt: boolean;
  /** What the last rebuild has compared of its content. */
  readonly proven?: ProvenContent | undefined;
}

export interface DueProxy {
  readonly name: string;
  readonly due: 'now' | 'in-window' | 'later';
  /** The reason, as the plan shows it to people. */
  readonly why: string;
  /** The latest start that ends before the limit. */
  readonly startBy: Date | null;
}

const day = 86_400_000;
/** Rebuilds may take longer than past ones did; the sweep runs once a day. */
const marginShare = 1.5;
const sweepMs = day;

const ageInDays = (launchedAt: Date, now: Date): string =>
  ((now.getTime() - launchedAt.getTime()) / day).toFixed(1);

/** The latest start that ends before the hard limit, with a margin; `null` for a proxy without an age. */
const latestStart = (cycle: Cycle, { launchedAt, expectedSeconds }: ProxyAge): Date | null =>
  launchedAt === null
    ? null
    : new Date(launchedAt.getTime() + cycle.limitDays * day - expectedSeconds * 1000 * marginShare);

/** The same certs.tar would be refused now; whether a new one has been uploaded is not known here. */
const certificateWarning = (
  cycle: Cycle,
  { certificateExpiresAt: expiresAt }: ProxyAge,
  now: Date,
): string =>
  expiresAt !== null && expiresTooEarly({ expiresAt }, cycle, now)
    ? `; its certificates expire on ${expiresAt.slice(0, 10)}: its next rebuild needs a new certs.tar`
    : '';

/** Whether a proxy is due, and what people should know of its certificates before it is rebuilt. */
export const judgeAge = (cycle: Cycle, proxy: ProxyAge, now: Date): DueProxy => {
  const verdict = judge(cycle, proxy, now);
  return { ...verdict, why: verdict.why + certificateWarning(cycle, proxy, now) };
};

/**
 * Past the soft limit a proxy is rebuilt when a maintenance window opens. If waiting for
 * the next sweep could make it miss the hard limit, it is rebuilt at once, inside a window or not. A rebuild
 * that takes days is due before the soft limit.
 */
const judge = (cycle: Cycle, proxy: ProxyAge, now: Date): DueProxy => {
  const { name, launchedAt, leftBehind, isBeingRebuilt } = proxy;
  const startBy = latestStart(cycle, proxy);
  if (isBeingRebuilt) return { name, due: 'later', why: 'is being rebuilt', startBy };
  if (leftBehind !== null) return { name, due: 'now', why: leftBehind, startBy: now };
  if (launchedAt === null || startBy === null)
    return { name, due: 'now', why: 'has no instance', startBy: now };
  const age = `${ageInDays(launchedAt, now)} days old`;
  const isYoung = now.getTime() < launchedAt.getTime() + cycle.softLimitDays * day;
  if (isYoung && now.getTime() + sweepMs <= startBy.getTime()) {
    return { name, due: 'later', why: `${age}, due from day ${cycle.softLimitDays}`, startBy };
  }
  if (isWindowOpen(cycle, now)) return { name, due: 'now', why: age, startBy };
  const opening = nextOpening(cycle, now, sweepMs / 3_600_000);
  const lateBy = opening ?? new Date(now.getTime() + sweepMs);
  if (lateBy > startBy) {
    return {
      name,
      due: 'now',
      why: `${age}, and no maintenance window opens in time for the limit of ${cycle.limitDays} days`,
      startBy,
    };
  }
  return {
    name,
    due: opening === null ? 'later' : 'in-window',
    why: `${age}, waiting for a maintenance window`,
    startBy,
  };
};
