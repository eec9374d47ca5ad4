import { type Cycle, weekdays } from './cycle.ts';

const minutesOf = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const names: readonly string[] = weekdays;

interface LocalTime {
  readonly weekday: number;
  readonly minutes: number;
}

/** By time zone: making one takes far longer than using it, and a plan asks for hundreds of instants. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  return format;
};

const localTime = (instant: Date, timeZone: string): LocalTime => {
  const parts = formatOf(timeZone).formatToParts(instant);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? '';
  return {
    weekday: names.indexOf(part('weekday').toLowerCase()),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
};

/** Whether rebuilds may start at this instant: inside a maintenance window, or always if there are none. */
export const isWindowOpen = (
  cycle: Pick<Cycle, 'windows' | 'timeZone'>,
  instant: Date,
): boolean => {
  if (cycle.windows.length === 0) return true;
  const { weekday, minutes } = localTime(instant, cycle.timeZone);
  const yesterday = (weekday + 6) % 7;
  return cycle.windows.some(({ days, from, to }) => {
    const opensOn = (day: number): boolean => days.some((name) => names.indexOf(name) === day);
    const [start, end] = [minutesOf(from), minutesOf(to)];
    if (start < end) return opensOn(weekday) && minutes >= start && minutes < end;
    return (opensOn(weekday) && minutes >= start) || (opensOn(yesterday) && minutes < end);
  });
};

const stepMinutes = 5;

/** The first instant within so many hours, in steps of five minutes, at which a maintenance window is open. */
export const nextOpening = (
  cycle: Pick<Cycle, 'windows' | 'timeZone'>,
  from: Date,
  withinHours: number,
): Date | null => {
  const stepMs = stepMinutes * 60_000;
  const first = Math.ceil(from.getTime() / stepMs) * stepMs;
  for (let ms = first; ms <= from.getTime() + withinHours * 3_600_000; ms += stepMs) {
    if (isWindowOpen(cycle, new Date(ms))) return new Date(ms);
  }
  return null;
};
