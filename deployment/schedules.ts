import type { Fleet } from '../functions/domain/fleet.ts';
import type { MachineName } from '../functions/domain/resource-names.ts';
import { keepAwakeEvent } from '../functions/lambda/keep-awake.ts';
import { stepsInNetwork } from '../functions/steps/katello-network.ts';
import type { StepName } from '../functions/steps/register.ts';
import { startRetryPolicy } from './retry-policy.ts';

export interface Schedule {
  /** Its construct's id, unique in its stack together with that of its parent. */
  readonly id: string;
  readonly description: string;
  /** As EventBridge Scheduler takes it. */
  readonly expression: string;
  /** In which a cron expression is read; `null` for UTC. */
  readonly timeZone: string | null;
  /** The target is invoked within so many minutes; `null` for on time. */
  readonly windowMinutes: number | null;
  /**
   * When a rate begins. `one-cycle-later`: one cycle after the first deployment. `at-once`: when it is created, as
   * a rate does without a start date.
   */
  readonly begins: 'at-once' | 'one-cycle-later';
  readonly target:
    | { readonly machine: MachineName }
    | { readonly function: StepName | 'healthMetrics' };
  /** `null` for the event that Scheduler makes up. */
  readonly input: string | null;
  /** `null` for Scheduler's own. Without one there is no dead-letter queue either. */
  readonly retryPolicy: typeof startRetryPolicy | null;
}

const startsFleet = ({ cycle }: Fleet) =>
  ({
    timeZone: cycle.timeZone,
    windowMinutes: null,
    target: { machine: 'rebuild-fleet' },
    input: JSON.stringify({ reason: 'scheduled' }),
    retryPolicy: startRetryPolicy,
  }) as const;

/** The cycle itself. */
export const cycleSchedule = (fleet: Fleet): Schedule => ({
  id: 'Cycle',
  description: `Rebuilds due proxies every ${fleet.cycle.limitDays} days`,
  expression: `rate(${fleet.cycle.limitDays} days)`,
  begins: 'one-cycle-later',
  ...startsFleet(fleet),
});

/**
 * A look every day at the proxies that would miss their cycle. At noon, when people are there to read what it says. A
 * cron expression never fires when created.
 */
export const sweepSchedule = (fleet: Fleet): Schedule => ({
  id: 'Sweep',
  description: 'Daily sweep: rebuilds due proxies before they reach the age limit',
  expression: 'cron(0 12 * * ? *)',
  begins: 'at-once',
  ...startsFleet(fleet),
});

/**
 * Calls each function in the network of Katello once a day. Lambda counts the idle days of each function for
 * itself, so that one function cannot stand in for the others.
 */
export const keepAwakeSchedule = (step: StepName): Schedule => ({
  id: step,
  description: `Keeps the network of ${step} from being taken away`,
  expression: 'rate(1 day)',
  timeZone: null,
  windowMinutes: 60,
  begins: 'at-once',
  target: { function: step },
  input: JSON.stringify(keepAwakeEvent),
  retryPolicy: null,
});

export const healthMetricsSchedule: Schedule = {
  id: 'Hourly',
  description: 'Publishes the health metrics of the proxies',
  expression: 'rate(1 hour)',
  timeZone: null,
  windowMinutes: null,
  begins: 'at-once',
  target: { function: 'healthMetrics' },
  input: null,
  retryPolicy: null,
};

/** Every schedule of the deployment of a fleet. */
export const schedules = (fleet: Fleet): readonly Schedule[] => [
  cycleSchedule(fleet),
  sweepSchedule(fleet),
  ...stepsInNetwork.map(keepAwakeSchedule),
  healthMetricsSchedule,
];
