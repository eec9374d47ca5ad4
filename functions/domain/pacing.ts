/**
 * When to look again at something that takes its time. Each look costs three state transitions, and each
 * second between the gate's coming true and our seeing it makes the rebuild longer. So: look rarely while
 * past rebuilds and Katello's progress both say that the end is far, and often when it may be near.
 */
export interface Pace {
  readonly elapsedSeconds: number;
  /** What this phase took in past rebuilds; `null` before the first. */
  readonly expectedSeconds: number | null;
  /** Progress as reported, 0 to 1, if anything reports one. Not monotonic, so it is trusted by halves. */
  readonly progress?: number | undefined;
}

/** A decision may come this late without anybody minding. */
const patienceSeconds = 40;
/** …or this share of the phase so far, whichever is longer; the docs promise 3 %. */
const patienceShare = 0.018;
/** Past durations vary; from this share of the expected duration on, every look may be the last. */
const nearShare = 0.85;
/** Launch hooks must be kept open, and an incumbent's death must be seen. */
const longestSeconds = 3600;

const untilNearSeconds = (pace: Pace): number =>
  pace.expectedSeconds === null ? 0 : (pace.expectedSeconds * nearShare - pace.elapsedSeconds) / 2;

const untilDoneSeconds = ({ elapsedSeconds, progress }: Pace): number => {
  if (progress === undefined || progress < 0.02) return Number.POSITIVE_INFINITY;
  return (elapsedSeconds * (1 - progress)) / progress / 2;
};

/** Progress alone, without a past to compare with, is trusted only for a tenth of what it promises. */
const withoutPastSeconds = (pace: Pace): number => {
  const untilDone = untilDoneSeconds(pace);
  return Number.isFinite(untilDone) ? untilDone / 5 : 0;
};

export const nextLookSeconds = (pace: Pace): number => {
  const soonest = Math.max(patienceSeconds, pace.elapsedSeconds * patienceShare);
  const wanted =
    pace.expectedSeconds === null
      ? withoutPastSeconds(pace)
      : Math.min(untilNearSeconds(pace), untilDoneSeconds(pace));
  return Math.round(Math.min(longestSeconds, Math.max(soonest, wanted)));
};

/** The middle one; `null` of none. */
export const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
};
