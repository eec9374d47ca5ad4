import { type Cycle, weekdays } from '../cycle.ts';
import type { Check } from './check.ts';

const minutesOf = (timeOfDay: string): number => {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
};

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;
const shortestWindowMinutes = 60;

const lengthOf = ({ from, to }: Cycle['windows'][number]): number =>
  (minutesOf(to) - minutesOf(from) + minutesPerDay) % minutesPerDay || minutesPerDay;

const windowsAreLongEnough: Check = ({ cycle: sound }) =>
  (sound?.windows ?? []).flatMap((window, index) =>
    lengthOf(window) < shortestWindowMinutes
      ? [
          {
            path: ['cycle', 'windows', index],
            text:
              `is open for ${lengthOf(window)} minutes: rebuilds start one after another, so ` +
              `leave it open for at least ${shortestWindowMinutes}`,
          },
        ]
      : [],
  );

/** The longest time in a week during which no window is open. */
const longestClosedMinutes = (windows: Cycle['windows']): number => {
  const spans = windows
    .flatMap((window) =>
      window.days.map((day) => {
        const opens = weekdays.indexOf(day) * minutesPerDay + minutesOf(window.from);
        return { opens, closes: opens + lengthOf(window) };
      }),
    )
    .sort((one, other) => one.opens - other.opens);
  let longest = 0;
  // The week goes round: the last window of a week may reach into, or be followed by, the next.
  let closes = Math.max(...spans.map((span) => span.closes)) - minutesPerWeek;
  for (const span of spans) {
    longest = Math.max(longest, span.opens - closes);
    closes = Math.max(closes, span.closes);
  }
  return longest;
};

/** Between its two limits every proxy must meet an open window, or only the hard limit is ever used. */
const windowsOpenInTime: Check = ({ cycle: sound }) => {
  const { windows, limitDays, softLimitDays } = sound ?? {};
  if (!windows?.length || limitDays === undefined || softLimitDays === undefined) return [];
  const closedDays = Math.ceil(longestClosedMinutes(windows) / minutesPerDay);
  if (softLimitDays >= limitDays || closedDays <= limitDays - softLimitDays) return [];
  const text =
    `may stay closed from softLimitDays (${softLimitDays}) to limitDays (${limitDays}), as up to ` +
    `${closedDays} days pass without one: add windows, or set softLimitDays to at most ` +
    `${limitDays - closedDays}`;
  const instead = 'may stay closed until the limit, as days pass without one: add windows';
  return [{ path: ['cycle', 'windows'], text: limitDays > closedDays ? text : instead }];
};

export const windowChecks: readonly Check[] = [windowsAreLongEnough, windowsOpenInTime];
