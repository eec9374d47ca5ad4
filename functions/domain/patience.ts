import type { FailureName } from './failures.ts';

export interface Patience {
  readonly limitSeconds: number;
  readonly failure: FailureName;
  /** Looks are this far apart; without it, past rebuilds set the pace. */
  readonly lookSeconds?: number;
  /** What it usually takes, before a past rebuild has shown it. */
  readonly firstTimeSeconds?: number;
}

/** How long each thing is waited for, how often it is looked at, and the failure that gives it up. */
export const patience = {
  inspect: { limitSeconds: 3600, lookSeconds: 60, failure: 'NotReadyForRebuild' },
  // A count is a read of the proxy's database, of seconds or minutes; one that takes hours will not end.
  count: { limitSeconds: 7200, lookSeconds: 20, failure: 'ContentNotCounted' },
  launch: { limitSeconds: 1200, lookSeconds: 15, failure: 'LaunchTimedOut' },
  provision: { limitSeconds: 7200, firstTimeSeconds: 1200, failure: 'ProvisioningTimedOut' },
  // Route 53 takes a minute, seldom more, and a resolver keeps the old answer for half of one. The look that
  // completes a quarter of an hour is the last.
  control: { limitSeconds: 870, lookSeconds: 30, failure: 'ControlNameNotMoved' },
  // Cached answers and draining connections are over long before.
  fence: { limitSeconds: 840, lookSeconds: 30, failure: 'FenceBroken' },
  admit: { limitSeconds: 2700, failure: 'ReplacementUnhealthy' },
  standby: { limitSeconds: 2700, failure: 'StandbyTimedOut' },
  // While a replacement that fell ill may recover, nobody serves and the incumbent waits.
  relapse: { limitSeconds: 300, lookSeconds: 30, failure: 'ReplacementUnhealthy' },
  retire: { limitSeconds: 2700, failure: 'RetireTimedOut' },
  rollback: { limitSeconds: 7200, lookSeconds: 30, failure: 'RollbackTimedOut' },
} as const satisfies Readonly<Record<string, Patience>>;

export type Limited = keyof typeof patience;
