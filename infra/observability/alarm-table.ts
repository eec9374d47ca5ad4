import { healthMetrics } from '../../functions/health-metrics/metrics.ts';
import type { Settings } from '../settings.ts';
import { logMetrics } from './log-metrics.ts';

/** What an alarm looks at. */
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
  /** Of so many periods that were measured, all have to be bad. Default: one. */
  readonly periods?: number;
  /** Silence is bad news of what is measured every hour, and good news of what counts failures. */
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

/** Every alarm, once: the stack, the dashboard and docs/operations.md follow. */
export const alarmTable = ({ fleet: { cycle, content } }: Settings): readonly AlarmRow[] => [
  measuringAlarm(
    'proxy-too-old',
    `a proxy is older than the limit of ${cycle.limitDays} days, or its age is not measured`,
    healthMetrics.age.name,
    'above',
    cycle.limitDays,
  ),
  measuringAlarm(
    'proxy-missing',
    'a proxy has no instance at all',
    healthMetrics.present.name,
    'below',
    1,
  ),
  measuringAlarm(
    'rebuild-unsettled',
    'a rebuild is neither finished nor put back, for longer than its sync may take',
    healthMetrics.unsettled.name,
    'above',
    content.syncLimitHours + 12,
  ),
  measuringAlarm(
    'certificate-ends',
    'the certificate of a proxy ends within two cycles, or no certificate is measured',
    healthMetrics.certificate.name,
    'below',
    2 * cycle.limitDays,
  ),
  countingAlarm(
    'rebuild-failed',
    'a rebuild has failed; its proxy still serves',
    rebuilds('ExecutionsFailed'),
  ),
  countingAlarm('rebuild-timed-out', 'a rebuild has timed out', rebuilds('ExecutionsTimedOut')),
  countingAlarm('rebuild-aborted', 'somebody has stopped a rebuild', rebuilds('ExecutionsAborted')),
  countingAlarm(
    'fleet-failed',
    'a run of the whole fleet has failed',
    fleetRuns('ExecutionsFailed'),
  ),
  countingAlarm(
    'fleet-timed-out',
    'a run of the whole fleet has timed out',
    fleetRuns('ExecutionsTimedOut'),
  ),
  countingAlarm(
    'restore-failed',
    'what a failed rebuild has changed could not be put back',
    ownMetric(logMetrics.rollbackFailed),
  ),
  countingAlarm('sync-stalled', 'a content sync does not end', ownMetric(logMetrics.syncStalled)),
  countingAlarm(
    'budget-spent',
    `a proxy was rebuilt or healed ${cycle.attemptsPerDay} times within a day`,
    ownMetric(logMetrics.budgetSpent),
  ),
  countingAlarm(
    'step-crashed',
    'a function ended in an error that has no name',
    ownMetric(logMetrics.stepCrashed),
  ),
  {
    ...countingAlarm('dead-letters', 'an event or a schedule could start no execution', {
      kind: 'deadLetters',
    }),
    statistic: 'Maximum',
  },
];
