import { defectNames, type FailureName, failures } from '../functions/domain/failures.ts';
import type { Refusal, Retrier, Retriers } from './asl.ts';
import { errorNames } from './error-names.ts';

type Pace = readonly [firstSeconds: number, rate: number, longestSeconds: number, attempts: number];

const retry = (
  errors: readonly string[],
  ...[firstSeconds, rate, longestSeconds, attempts]: Pace
): Retrier => ({
  ErrorEquals: errors,
  IntervalSeconds: firstSeconds,
  BackoffRate: rate,
  MaxDelaySeconds: longestSeconds,
  MaxAttempts: attempts,
  JitterStrategy: 'FULL',
});

/**
 * Retries whatever is not listed. The first retrier that names an error decides, and one without attempts
 * ends the task at once: no name of AWS can be missing.
 */
const retryAllBut = (errors: readonly string[], ...pace: Pace): readonly [Refusal, Retrier] => [
  { ErrorEquals: errors, MaxAttempts: 0 },
  retry([errorNames.any], ...pace),
];

const permanent = [
  ...(Object.keys(failures) as FailureName[]).filter((name) => !failures[name].transient),
  ...defectNames,
];

/**
 * A token is renewed in Katello and in its parameter, some minutes apart, in either order. Foreman rejects all
 * logins from an address after 30 failures and forgets them five minutes after the last one (its
 * `bruteforce_protection.rb`), so the attempts are few and further apart than that; jitter would bring them closer.
 */
const renewal: Retrier = {
  ...retry(['KatelloRejectsCredentials' satisfies FailureName], 330, 1, 330, 3),
  JitterStrategy: 'NONE',
};

/** A rollback waits for a permission that an administrator has taken away and can give back. */
const permanentInRollback = permanent.filter(
  (name) => name !== ('AwsForbids' satisfies FailureName),
);

/** Every retry of a task. Full jitter halves a delay on average. */
export const retries = {
  /** For about an hour and a half. Every step is idempotent. */
  step: [renewal, ...retryAllBut(permanent, 5, 1.6, 300, 40)],
  rollback: retryAllBut(permanentInRollback, 5, 1.6, 300, 40),
  message: retryAllBut(permanent, 5, 2, 60, 4),
  lock: retryAllBut([errorNames.conditionFailed], 2, 2, 60, 12),
  /** A second build makes a second image, which is pruned. */
  bake: [retry(errorNames.codeBuild, 60, 2, 600, 5)],
  /** Bound to its name: started again, it is the same execution. */
  nested: [retry(errorNames.stepFunctions, 10, 2, 120, 8)],
} as const satisfies Readonly<Record<string, Retriers>>;
