import { type Schedule, schedules } from '../../deployment/schedules.ts';
import type { CloudFormationEvent } from '../../functions/bootstrap-resources/custom-resources.ts';
import { firstRun } from '../../functions/bootstrap-resources/first-run.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import type { Executions } from '../engine/executions.ts';
import type { Json } from '../engine/state-event.ts';
import type { TaskResources } from '../engine/task-resources.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { rateMs } from '../world/schedule-expression.ts';
import { Scheduler } from '../world/scheduler.ts';

export interface ScheduledParts {
  readonly kernel: Kernel;
  readonly fleet: Fleet;
  readonly executions: Executions;
  readonly tasks: TaskResources;
}

const dayMs = 86_400_000;

/** As the custom resource of the deployment chooses it. */
const startDateOf = ({ begins, expression }: Schedule, now: Date): Date | null => {
  if (begins === 'at-once') return null;
  const everyDays = (rateMs(expression) ?? 0) / dayMs;
  const event = { RequestType: 'Create', ResourceProperties: { EveryDays: String(everyDays) } };
  const { data } = firstRun(event as unknown as CloudFormationEvent, now);
  return new Date(data?.['StartAt'] ?? '');
};

const inputOf = ({ input }: Schedule): Json => JSON.parse(input ?? '{}') as Json;

/** Starts what the schedule would start. */
export const startByHand = (executions: Executions, schedule: Schedule, name: string): void => {
  if ('machine' in schedule.target)
    executions.start(schedule.target.machine, name, inputOf(schedule));
};

/** Puts the schedules of a deployment into a Scheduler. */
export const deploySchedules = ({ kernel, fleet, executions, tasks }: ScheduledParts): void => {
  let invocations = 0;
  const scheduler = new Scheduler(kernel, (schedule) => {
    invocations += 1;
    const { id, target } = schedule;
    startByHand(executions, schedule, `${id.toLowerCase()}-${invocations}`);
    // The sandbox measures no health.
    if (!('function' in target) || target.function === 'healthMetrics') return;
    // One that was asleep is awake the next time.
    tasks.invoke(target.function, inputOf(schedule)).catch(() => undefined);
  });
  const now = new Date(kernel.now());
  for (const schedule of schedules(fleet)) scheduler.put(schedule, startDateOf(schedule, now));
};
