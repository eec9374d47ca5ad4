import type { Cycle } from './cycle.ts';
import { isWindowOpen, nextOpening } from './windows.ts';

/** The oldest serving instance of a proxy, and what a rebuild of it is expected to take. */
export interface ProxyAge {
  readonly name: string;
  /** `null`: nothing serves, so that nothing has an age. */
  readonly launchedAt: Date | null;
  readonly expectedSeconds: number;
  /** What an earlier rebuild or heal has left behind, in words; `null`: nothing. */
  readonly leftBehind: string | null;
  /** A running execution holds its lock. */
  readonly isBeingRebuilt: boolean;
}

export interface DueProxy {
  readonly name: string;
  readonly due: 'now' | 'in-window' | 'later';
  /** Why, in words for the plan that people read. */
  readonly why: string;
  /** When it must start, at the latest, to end before the limit. */
  readonly startBy: Date | null;
}

const day = 86_400_000;
/** Rebuilds may take longer than they did; the sweep comes once a day. */
const marginShare = 1.5;
const sweepMs = day;

const ageInDays = (launchedAt: Date, now: Date): string =>
  ((now.getTime() - launchedAt.getTime()) / day).toFixed(1);

/** To end before the hard limit, with a margin; `null` for what has no age. */
const latestStart = (cycle: Cycle, { launchedAt, expectedSeconds }: ProxyAge): Date | null =>
  launchedAt === null
    ? null
    : new Date(launchedAt.getTime() + cycle.limitDays * day - expectedSeconds * 1000 * marginShare);

/**
 * Who is due. Past the soft limit a proxy is rebuilt when a window opens; when waiting for the next sweep
 * could make it miss the hard limit, it goes at once, window or not. A rebuild that takes days is due
 * before the soft limit.
 */
export const judgeAge = (cycle: Cycle, proxy: ProxyAge, now: Date): DueProxy => {
  const { name, launchedAt, leftBehind, isBeingRebuilt } = proxy;
  const startBy = latestStart(cycle, proxy);
  if (isBeingRebuilt) return { name, due: 'later', why: 'is being rebuilt', startBy };
  if (leftBehind !== null) return { name, due: 'now', why: leftBehind, startBy: now };
  if (launchedAt === null || startBy === null)
    return { name, due: 'now', why: 'no instance serves', startBy: now };
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
      why: `${age}, and no window opens in time for the limit of ${cycle.limitDays} days`,
      startBy,
    };
  }
  return {
    name,
    due: opening === null ? 'later' : 'in-window',
    why: `${age}, waits for its window`,
    startBy,
  };
};
