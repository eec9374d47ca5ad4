import { type FailureName, NamedFailure } from './failures.ts';
import type { Phase } from './record.ts';
import type { Run } from './run.ts';

/** How long a phase may take before the rebuild gives up, and by which name. */
const limits = {
  inspect: { minutes: 60, failure: 'NotReadyForRebuild' },
  launch: { minutes: 20, failure: 'LaunchTimedOut' },
  provision: { minutes: 120, failure: 'ProvisioningTimedOut' },
  admit: { minutes: 45, failure: 'ReplacementUnhealthy' },
  standby: { minutes: 45, failure: 'StandbyTimedOut' },
  retire: { minutes: 45, failure: 'RetireTimedOut' },
  restore: { minutes: 120, failure: 'RestoreTimedOut' },
} as const satisfies Partial<Record<Phase, { minutes: number; failure: FailureName }>>;

export type LimitedPhase = keyof typeof limits;

export const elapsedSeconds = (run: Pick<Run, 'phases'>, phase: Phase, now: Date): number => {
  const startedAt = run.phases[phase]?.startedAt;
  return startedAt === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(startedAt)) / 1000);
};

/** Throws the phase's own failure once its time is over; `met` says what is still missing. */
export const assertInTime = (
  run: Pick<Run, 'phases'>,
  phase: LimitedPhase,
  now: Date,
  met: string,
): void => {
  const { minutes, failure } = limits[phase];
  if (elapsedSeconds(run, phase, now) <= minutes * 60) return;
  throw new NamedFailure(failure, `after ${minutes} minutes ${met}`);
};
