import { isFailure, NamedFailure } from './failures.ts';
import type { KnownContent } from './known-content.ts';
import type { FollowedSync } from './sections.ts';

/**
 * A complete sync cannot be faster than this. Nobody has published rates; these are our choice, on the low side.
 * Each repository is at least two tasks of Pulp, and files of 1 MiB fill a network of 10 Gbit/s at this rate.
 */
const [secondsPerRepository, filesPerSecond] = [0.5, 1000] as const;

/** With `immediate` a sync downloads files; with any other download policy it reads metadata only. */
export const plausibleSyncSeconds = (known: KnownContent): number => {
  const held = Object.values(known.instance ?? {});
  const repositories = known.instance === null ? Object.keys(known.katello ?? {}) : held;
  const files = held
    .filter(({ policy }) => policy === 'immediate')
    .reduce((sum, { artifacts }) => sum + (artifacts?.present ?? 0), 0);
  return Math.ceil(repositories.length * secondsPerRepository + files / filesPerSecond);
};

/**
 * The failure of the content gate, or the reason for it: Katello has skipped a complete sync that was faster than it
 * can have been. Its pace alone is no failure; the content decides.
 */
export const orSkippedSync = (
  failure: unknown,
  sync: FollowedSync,
  known: KnownContent,
): unknown => {
  if (!isFailure(failure, 'ContentMissing')) return failure;
  const { taskId, scope, tookSeconds = null } = sync;
  const least = plausibleSyncSeconds(known);
  if (scope === 'light' || tookSeconds === null || tookSeconds >= least) return failure;
  return new NamedFailure(
    'SyncSuspiciouslyFast',
    `task ${taskId} succeeded after ${Math.round(tookSeconds)} s, but a complete sync of this content takes at least ` +
      `${least} s: Katello has probably skipped what it believes to be there. ${(failure as Error).message}`,
  );
};
