/**
 * When to check again on something slow. Each check costs three state transitions, and each second between the
 * end and the check that notices it prolongs the rebuild. So check rarely while past rebuilds and Katello's
 * progress both say that the end is far away, and often when it may be near.
 */
export interface Pace {
  readonly elapsedSeconds: number;
  /** How long this phase took in past rebuilds; `null` before the first. */
  readonly expectedSeconds: number | null;
  /** Reported progress, 0 to 1, if there is any. It is not monotonic, so only half of it is trusted. */
  readonly progress?: number | undefined;
}

/** A decision may be late by this much… */
const patienceSeconds = 50;
/** …or by this share of the phase so far, whichever is longer; the docs promise 3 %. */
const patienceShare = 0.024;
/** Past durations vary; from this share of the expected duration on, every check may be the last. */
const nearShare = 0.85;
/** The longest interval: launch hooks must be kept open, and the death of an incumbent noticed. */
const longestSeconds = 3600;

const untilNearSeconds = (pace: Pace): number =>
  pace.expectedSeconds === null ? 0 : pace.expectedSeconds * nearShare - pace.elapsedSeconds;

const untilDoneSeconds = ({ elapsedSeconds, progress }: Pace): number => {
  if (progress === undefined || progress < 0.02) return Number.POSITIVE_INFINITY;
  return (elapsedSeconds * (1 - progress)) / progress / 2;
};

/** Without past durations, progress is trusted only for a tenth of the remaining time that it suggests. */
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

/** The median; `null` if there are no values. */
export const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
};
