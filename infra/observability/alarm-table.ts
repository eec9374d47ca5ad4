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

const own = (metric: string): Subject => ({ kind: 'own', metric });

const counting = (id: string, meaning: string, subject: Subject, threshold = 0): AlarmRow => ({
  id,
  meaning,
  subject,
  statistic: 'Sum',
  comparison: 'above',
  threshold,
  periodMinutes: 5,
  silence: 'notBreaching',
});

const measuring = (
  id: string,
  meaning: string,
  metric: string,
  comparison: AlarmRow['comparison'],
  threshold: number,
): AlarmRow => ({
  id,
  meaning,
  subject: own(metric),
  statistic: comparison === 'above' ? 'Maximum' : 'Minimum',
  comparison,
  threshold,
  periodMinutes: 60,
  periods: 2,
  silence: 'breaching',
});

const rebuilding = (metric: string): Subject => ({ kind: 'execution', machine: 'proxy', metric });
const fleet = (metric: string): Subject => ({ kind: 'execution', machine: 'fleet', metric });

/** Every alarm, once: the stack, the dashboard and docs/operations.md follow. */
export const alarmTable = ({ fleet: { cycle, content } }: Settings): readonly AlarmRow[] => [
  measuring(
    'proxy-too-old',
    `a proxy is older than the limit of ${cycle.limitDays} days, or its age is not measured`,
    healthMetrics.age.name,
    'above',
    cycle.limitDays,
  ),
  measuring(
    'proxy-missing',
    'a proxy has no instance at all',
    healthMetrics.present.name,
    'below',
    1,
  ),
  measuring(
    'rebuild-unsettled',
    'a rebuild is neither finished nor put back, for longer than its sync may take',
    healthMetrics.unsettled.name,
    'above',
    content.syncLimitHours + 12,
  ),
  measuring(
    'certificate-ends',
    'the certificate of a proxy ends within two cycles, or no certificate is measured',
    healthMetrics.certificate.name,
    'below',
    2 * cycle.limitDays,
  ),
  counting(
    'rebuild-failed',
    'a rebuild has failed; its proxy still serves',
    rebuilding('ExecutionsFailed'),
  ),
  counting('rebuild-timed-out', 'a rebuild has timed out', rebuilding('ExecutionsTimedOut')),
  counting('rebuild-aborted', 'somebody has stopped a rebuild', rebuilding('ExecutionsAborted')),
  counting('fleet-failed', 'a run of the whole fleet has failed', fleet('ExecutionsFailed')),
  counting(
    'fleet-timed-out',
    'a run of the whole fleet has timed out',
    fleet('ExecutionsTimedOut'),
  ),
  counting(
    'restore-failed',
    'what a failed rebuild has changed could not be put back',
    own(logMetrics.restoreFailed),
  ),
  counting('sync-stalled', 'a content sync does not end', own(logMetrics.syncStalled)),
  counting(
    'budget-spent',
    `a proxy was rebuilt or healed ${cycle.attemptsPerDay} times within a day`,
    own(logMetrics.budgetSpent),
  ),
  counting(
    'step-crashed',
    'a function ended in an error that has no name',
    own(logMetrics.stepCrashed),
  ),
  {
    ...counting('dead-letters', 'an event or a schedule could start no execution', {
      kind: 'deadLetters',
    }),
    statistic: 'Maximum',
  },
];
