import type { Schedule } from '../../deployment/schedules.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import { nextDaily, rateMs } from './schedule-expression.ts';

/** Invokes the target of a schedule. */
export type InvokeTarget = (schedule: Schedule) => void;

/** Targets are invoked with a precision of a minute. */
const precisionSeconds = 60;
const daySeconds = 86_400;
/** "The StartDate you specify cannot be earlier than 5 minutes ago": https://github.com/getmoto/moto/pull/8172 */
const startsBackMs = 5 * 60_000;

/**
 * EventBridge Scheduler: invokes targets at their times. A rate begins with its start date, or at once without one. An
 * update replaces all of a schedule, so that a rate begins again. A target is invoked within the minute, or within its
 * flexible window.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Scheduler {
  readonly #kernel: Kernel;
  readonly #invoke: InvokeTarget;
  /** Of its own, so that the schedules change nothing else of a run. */
  readonly #random: Random;
  readonly #current = new Map<string, Schedule>();

  constructor(kernel: Kernel, invoke: InvokeTarget) {
    this.#kernel = kernel;
    this.#invoke = invoke;
    this.#random = new Random(kernel.startedAt);
  }

  /** Creates a schedule or replaces the one of its id; throws when its start date lies in the past. */
  put(schedule: Schedule, startDate: Date | null): void {
    const now = this.#kernel.now();
    if (startDate !== null && startDate.getTime() < now - startsBackMs)
      throw Object.assign(
        new Error('The StartDate you specify cannot be earlier than 5 minutes ago.'),
        {
          name: 'ValidationException',
        },
      );
    this.#current.set(schedule.id, schedule);
    const first = Math.max(startDate?.getTime() ?? now, now);
    const isRate = rateMs(schedule.expression) !== null;
    this.#await(schedule, isRate ? first : this.#dueAfter(schedule, first - 1));
  }

  #dueAfter({ expression, timeZone }: Schedule, instant: number): number {
    const everyMs = rateMs(expression);
    return everyMs === null ? nextDaily(expression, timeZone ?? 'UTC', instant) : instant + everyMs;
  }

  #await(schedule: Schedule, dueAt: number): void {
    const lateSeconds = this.#random.between(0, precisionSeconds);
    const windowSeconds = this.#random.between(0, (schedule.windowMinutes ?? 0) * 60);
    this.#at(dueAt + (lateSeconds + windowSeconds) * 1000, () => {
      if (this.#current.get(schedule.id) !== schedule) return;
      this.#await(schedule, this.#dueAfter(schedule, dueAt));
      this.#invoke(schedule);
    });
  }

  /** A timer of JavaScript takes 24 days at most. */
  #at(instant: number, action: () => void): void {
    const seconds = (instant - this.#kernel.now()) / 1000;
    if (seconds <= daySeconds) this.#kernel.after(seconds, action);
    else this.#kernel.after(daySeconds, () => this.#at(instant, action));
  }
}
