import type { FailureName } from './failures.ts';

export interface Patience {
  readonly limitSeconds: number;
  readonly failure: FailureName;
  /** Interval between checks; without it, past rebuilds set the pace. */
  readonly lookSeconds?: number;
  /** The usual duration, until a past rebuild has shown it. */
  readonly firstTimeSeconds?: number;
}

/** For each thing to wait for: how long, how often to check, and the failure when time runs out. */
export const patience = {
  inspect: { limitSeconds: 3600, lookSeconds: 60, failure: 'NotReadyForRebuild' },
  // A count reads the proxy's database, which takes seconds or minutes; one that takes hours will not end.
  count: { limitSeconds: 7200, lookSeconds: 20, failure: 'ContentNotCounted' },
  // A command on the instance that reads its Pulp: seconds, minutes for thousands of repositories.
  report: { limitSeconds: 1800, lookSeconds: 20, failure: 'ContentNotReported' },
  launch: { limitSeconds: 1200, lookSeconds: 15, failure: 'LaunchTimedOut' },
  provision: { limitSeconds: 7200, firstTimeSeconds: 1200, failure: 'ProvisioningTimedOut' },
  // Route 53 takes a minute, rarely more, and a resolver caches the old answer for half a minute. The check
  // that completes a quarter of an hour is the last.
  control: { limitSeconds: 870, lookSeconds: 30, failure: 'ControlNameNotMoved' },
  // Cached DNS answers and draining connections are gone long before.
  fence: { limitSeconds: 840, lookSeconds: 30, failure: 'FenceBroken' },
  admit: { limitSeconds: 2700, failure: 'ReplacementUnhealthy' },
  standby: { limitSeconds: 2700, failure: 'StandbyTimedOut' },
  // While an unhealthy replacement may recover, nothing serves and the incumbent waits in Standby.
  relapse: { limitSeconds: 300, lookSeconds: 30, failure: 'ReplacementUnhealthy' },
  retire: { limitSeconds: 2700, failure: 'RetireTimedOut' },
  rollback: { limitSeconds: 7200, lookSeconds: 30, failure: 'RollbackTimedOut' },
} as const satisfies Readonly<Record<string, Patience>>;

export type Limited = keyof typeof patience;
