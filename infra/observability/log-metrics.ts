import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { defectNames, type FailureName } from '../../functions/domain/failures.ts';
import { metricNamespace } from '../../functions/health-metrics/metrics.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { StepFunctions } from '../controller/step-functions.ts';

/** What is counted in the logs of functions. */
export const logMetrics = {
  stepCrashed: 'StepCrashed',
  rollbackFailed: 'RollbackFailed',
  syncStalled: 'SyncStalled',
  budgetSpent: 'BudgetSpent',
  messageRefused: 'MessageRefused',
} as const;

type LogMetric = (typeof logMetrics)[keyof typeof logMetrics];

/** Unexpected errors by their names in the log; named failures are expected. */
const crashes = ['Error', ...defectNames, 'AssertionError', 'TimeoutError'];

const anyOf = (field: string, values: readonly string[]): string =>
  `(${values.map((value) => `$.${field} = "${value}"`).join(' || ')})`;

const failurePattern = (names: readonly string[]): string =>
  `{ $.outcome = "failed" && ${anyOf('failure', names)} }`;

const rollbackFailed: readonly FailureName[] = [
  'RollbackTimedOut',
  'LastHealthyInstance',
  'AwsForbids',
  'AwsRefused',
  'UnexpectedAnswer',
];
const stalled: readonly FailureName[] = ['SyncTimedOut', 'SyncPaused', 'SyncTaskGone'];
const untold: readonly FailureName[] = ['SlackUnavailable'];
const announcing = (Object.keys(steps) as StepName[]).filter((step) => step.startsWith('announce'));
const spent: readonly FailureName[] = ['BudgetSpent'];

/** Counts outcomes in the logs of functions, which write a line for each invocation. */
export class LogMetrics extends Construct {
  readonly #functions: StepFunctions;
  readonly #fleet: string;

  constructor(scope: Construct, id: string, functions: StepFunctions, fleet: string) {
    super(scope, id);
    this.#functions = functions;
    this.#fleet = fleet;
    for (const step of Object.keys(steps) as StepName[])
      this.#count(logMetrics.stepCrashed, step, failurePattern(crashes));
    for (const step of announcing)
      this.#count(logMetrics.messageRefused, step, failurePattern(untold));
    this.#count(logMetrics.rollbackFailed, 'rollBackProxy', failurePattern(rollbackFailed));
    this.#count(logMetrics.syncStalled, 'checkSync', failurePattern(stalled));
    this.#count(logMetrics.budgetSpent, 'inspectProxy', failurePattern(spent));
  }

  #count(metricName: LogMetric, step: StepName, filterPattern: string): void {
    new CfnMetricFilter(this, `${metricName}-${step}`, {
      logGroupName: this.#functions.byStep[step].logGroup.logGroupName,
      filterPattern,
      metricTransformations: [
        {
          metricNamespace: metricNamespace(this.#fleet),
          metricName,
          metricValue: '1',
          defaultValue: 0,
        },
      ],
    });
  }
}
