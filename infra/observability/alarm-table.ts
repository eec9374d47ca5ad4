import { healthMetrics } from '../../functions/health-metrics/metrics.ts';
import { retries } from '../../statemachine/retries.ts';
import type { Settings } from '../settings.ts';
import { logMetrics } from './log-metrics.ts';

/** What an alarm watches. */
export type Subject =
  | { readonly kind: 'own'; readonly metric: string }
  | { readonly kind: 'execution'; readonly machine: 'fleet' | 'proxy'; readonly metric: string }
  | { readonly kind: 'deadLetters' };

export interface AlarmRow {
  /** Also its anchor in docs/operations.md. */
  readonly id: string;
  readonly meaning: string;
  readonly subject: Subject;
  readonly statistic: 'Maximum' | 'Minimum' | 'Sum';
  readonly comparison: 'above' | 'below';
  readonly threshold: number;
  readonly periodMinutes: number;
  /** Number of consecutive bad periods that raise the alarm. Default: one. */
  readonly periods?: number;
  /** Missing data is bad for metrics measured every hour, and good for counts of failures. */
  readonly silence: 'breaching' | 'notBreaching';
}

const ownMetric = (metric: string): Subject => ({ kind: 'own', metric });

const countingAlarm = (id: string, meaning: string, subject: Subject): AlarmRow => ({
  id,
  meaning,
  subject,
  statistic: 'Sum',
  comparison: 'above',
  threshold: 0,
  periodMinutes: 5,
  silence: 'notBreaching',
});

const measuringAlarm = (
  id: string,
  meaning: string,
  metric: string,
  comparison: AlarmRow['comparison'],
  threshold: number,
): AlarmRow => ({
  id,
  meaning,
  subject: ownMetric(metric),
  statistic: comparison === 'above' ? 'Maximum' : 'Minimum',
  comparison,
  threshold,
  periodMinutes: 60,
  periods: 2,
  silence: 'breaching',
});

const rebuilds = (metric: string): Subject => ({ kind: 'execution', machine: 'proxy', metric });
const fleetRuns = (metric: string): Subject => ({ kind: 'execution', machine: 'fleet', metric });

/** Every alarm; the stack, the dashboard and docs/operations.md follow this table. */
export const alarmTable = ({ fleet: { cycle, content } }: Settings): readonly AlarmRow[] => [
  measuringAlarm(
    'proxy-too-old',
    `a proxy is older than the limit of ${cycle.limitDays} days, or its age metric is missing`,
    healthMetrics.age.name,
    'above',
    cycle.limitDays,
  ),
  measuringAlarm(
    'proxy-missing',
    'a proxy has no instance',
    healthMetrics.present.name,
    'below',
    1,
  ),
  measuringAlarm(
    'rebuild-unsettled',
    'a rebuild is neither complete nor rolled back, for longer than a sync may take',
    healthMetrics.unsettled.name,
    'above',
    content.syncLimitHours + 12,
  ),
  measuringAlarm(
    'certificate-expiring',
    'the certificate of a proxy expires within two cycles, or its metric is missing',
    healthMetrics.certificate.name,
    'below',
    2 * cycle.limitDays,
  ),
  countingAlarm(
    'rebuild-failed',
    'a rebuild failed; its proxy still serves',
    rebuilds('ExecutionsFailed'),
  ),
  countingAlarm('rebuild-timed-out', 'a rebuild timed out', rebuilds('ExecutionsTimedOut')),
  countingAlarm('rebuild-aborted', 'somebody stopped a rebuild', rebuilds('ExecutionsAborted')),
  countingAlarm('fleet-failed', 'a fleet rebuild failed', fleetRuns('ExecutionsFailed')),
  countingAlarm('fleet-timed-out', 'a fleet rebuild timed out', fleetRuns('ExecutionsTimedOut')),
  countingAlarm(
    'rollback-failed',
    'a rollback could not be completed',
    ownMetric(logMetrics.rollbackFailed),
  ),
  countingAlarm(
    'sync-stalled',
    'a content sync exceeded its time limit',
    ownMetric(logMetrics.syncStalled),
  ),
  countingAlarm(
    'budget-spent',
    `a proxy used all ${cycle.attemptsPerDay} rebuild and heal attempts of a day`,
    ownMetric(logMetrics.budgetSpent),
  ),
  countingAlarm(
    'step-crashed',
    'a function failed with an unexpected error',
    ownMetric(logMetrics.stepCrashed),
  ),
  {
    ...countingAlarm(
      'message-not-posted',
      'Slack has refused a message as often as it is tried',
      ownMetric(logMetrics.messageRefused),
    ),
    threshold: retries.message[1].MaxAttempts,
    periodMinutes: 15,
  },
  {
    ...countingAlarm('dead-letters', 'an event or a schedule could not start an execution', {
      kind: 'deadLetters',
    }),
    statistic: 'Maximum',
  },
];
