import type { InvariantViolation } from '../../sandbox/invariants/invariant-checker.ts';

/** The roughest worlds, and those in which every call works, so that what goes wrong is the product's own. */
export const profilesInTurn = ['mixed', 'world'] as const;
type Profile = (typeof profilesInTurn)[number];

/** One run of a series: each seed once with each profile. */
export interface Drawn {
  readonly seed: number;
  readonly profile: Profile;
}

/** What one run of a scratch copy came to. */
export interface RunResult extends Drawn {
  readonly run: number;
  readonly violations: readonly InvariantViolation[];
}

/** Runs are counted from 1 on. */
export const drawnFor = (run: number): Drawn => ({
  seed: Math.ceil(run / profilesInTurn.length),
  profile: profilesInTurn[(run - 1) % profilesInTurn.length] ?? 'mixed',
});
