import { type FailureName, failures } from '../functions/domain/failures.ts';
import type { Retrier } from './asl.ts';
import { errorNames } from './error-names.ts';

type Pace = readonly [firstSeconds: number, rate: number, longestSeconds: number, attempts: number];

const retry = (
  errors: readonly string[],
  ...[firstSeconds, rate, longestSeconds, attempts]: Pace
): readonly Retrier[] => [
  {
    ErrorEquals: errors,
    IntervalSeconds: firstSeconds,
    BackoffRate: rate,
    MaxDelaySeconds: longestSeconds,
    MaxAttempts: attempts,
    JitterStrategy: 'FULL',
  },
];

/** Only steps that post to Slack can fail with it. */
const slackFailure = 'SlackUnavailable' satisfies FailureName;

const transient = (Object.keys(failures) as FailureName[]).filter(
  (name) => failures[name].transient && name !== slackFailure,
);

/** Every retry of a task. Full jitter halves a delay on average. */
export const retries = {
  /** For about an hour and a half. */
  step: retry([...transient, ...errorNames.lambda], 5, 1.6, 300, 40),
  message: retry([slackFailure, ...transient, ...errorNames.lambda], 5, 2, 60, 4),
  lock: retry(errorNames.dynamoDb, 2, 2, 60, 12),
  bake: retry(errorNames.codeBuild, 60, 2, 600, 5),
  nested: retry(errorNames.stepFunctions, 10, 2, 120, 8),
} as const;
