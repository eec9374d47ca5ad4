import { type Cycle, weekdays } from '../../functions/domain/cycle.ts';
import type { Random } from '../kernel/random.ts';
import type { WorldOptions } from '../world/world.ts';
import { pick } from './draw.ts';

const hourMs = 3_600_000;

/** Of both hemispheres, with and without daylight saving; that of Lord Howe Island shifts by half an hour. */
const timeZones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
] as const;

const windowsChance = 0.25;

const timeOfDay = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60) % 24, Math.floor(minutes) % 60];
  return [hours, rest].map((part) => String(part).padStart(2, '0')).join(':');
};

const drawWindows = (random: Random): Cycle['windows'] => {
  if (random.next() >= windowsChance) return [];
  const opens = random.between(0, 24 * 60);
  const closes = opens + random.between(90, 600);
  return [{ days: [...weekdays], from: timeOfDay(opens), to: timeOfDay(closes) }];
};

/** The time zone of a fleet and its maintenance windows; most have none. */
export const drawCalendar = (random: Random): Pick<Cycle, 'timeZone' | 'windows'> => ({
  timeZone: pick(random, timeZones),
  windows: drawWindows(random),
});

const years = [2026, 2027, 2028, 2029, 2030, 2031, 2032] as const;

const offsetsOf = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  return (at) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
};

/** The moments of a year, to the hour, after which the offset of a time zone changes; of some zones none. */
const clockChanges = (timeZone: string, year: number): readonly number[] => {
  const offsetAt = offsetsOf(timeZone);
  const changeIn = (from: number, to: number): number => {
    if (to - from <= hourMs) return from;
    const middle = from + Math.round((to - from) / 2 / hourMs) * hourMs;
    return offsetAt(from) === offsetAt(middle) ? changeIn(middle, to) : changeIn(from, middle);
  };
  const months = Array.from({ length: 12 }, (_, month) => month);
  return months
    .map((month) => [Date.UTC(year, month), Date.UTC(year, month + 1)] as const)
    .filter(([begin, end]) => offsetAt(begin) !== offsetAt(end))
    .map(([begin, end]) => changeIn(begin, end));
};

/** Any moment, or half a day before one at which calendars are odd: a clock change, a leap day, a year's end. */
export const drawStartAt = (random: Random, timeZone: string): Date => {
  const year = pick(random, years);
  const odd = pick(random, [
    () => pick(random, clockChanges(timeZone, year)),
    () => Date.UTC(year, 1, 29),
    () => Date.UTC(year + 1, 0, 1),
    () => undefined,
  ])();
  const any = random.between(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  return new Date(Math.round(odd === undefined ? any : odd - random.next() * 12 * hourMs));
};

/** From new to older than Auto Scaling lets an instance get; most are due, with a day or two left. */
const ages: readonly (readonly [youngest: number, oldest: number])[] = [
  [18, 21],
  [18, 21],
  [18, 21],
  [0, 18],
  [21, 22.9],
];

export const drawIncumbents = (
  random: Random,
  names: readonly string[],
): WorldOptions['incumbent'] => {
  const drawn = new Map(
    names.map((name) => {
      const ageDays = random.between(...pick(random, ages));
      return [name, { ageDays, verifiedDaysAgo: random.between(0, ageDays) }] as const;
    }),
  );
  return (name) => drawn.get(name) ?? { ageDays: 0, verifiedDaysAgo: null };
};
