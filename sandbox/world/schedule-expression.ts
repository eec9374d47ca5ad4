const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: dayMs };

/** Milliseconds between two runs, of `rate(1 day)` or `rate(21 days)`; `null` of any other expression. */
export const rateMs = (expression: string): number | null => {
  const [, value, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  return value === undefined ? null : Number(value) * (unitMs[unit] ?? 0);
};

interface Daily {
  readonly minute: number;
  readonly hour: number;
}

/** The one kind of cron expression that is used: every day at a time. */
const dailyOf = (expression: string): Daily => {
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute === undefined || hour === undefined)
    throw new Error(`the sandbox does not know the schedule expression ${expression}`);
  return { minute: Number(minute), hour: Number(hour) };
};

const localTime = (instant: number, timeZone: string): Daily => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
  return { minute: part('minute'), hour: part('hour') };
};

/** Offsets of time zones are multiples of a quarter of an hour. */
const stepMs = 15 * 60_000;

/**
 * The first instant after `after` at which a cron expression is due in that time zone, summer time included.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const nextDaily = (expression: string, timeZone: string, after: number): number => {
  const { minute, hour } = dailyOf(expression);
  const first = Math.floor(after / stepMs) * stepMs + (minute % 15) * 60_000;
  for (let at = first; ; at += stepMs) {
    if (at - after > 2 * dayMs) throw new Error(`${expression} is never due in ${timeZone}`);
    if (at <= after) continue;
    const local = localTime(at, timeZone);
    if (local.minute === minute && local.hour === hour) return at;
  }
};
