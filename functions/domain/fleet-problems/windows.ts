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
              `keep it open for at least ${shortestWindowMinutes}`,
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
  // The week wraps around: its last window may reach into the next week, or be followed by it.
  let closes = Math.max(...spans.map((span) => span.closes)) - minutesPerWeek;
  for (const span of spans) {
    longest = Math.max(longest, span.opens - closes);
    closes = Math.max(closes, span.closes);
  }
  return longest;
};

/** A window must open between the two limits of every proxy, or only the hard limit ever applies. */
const windowsOpenInTime: Check = ({ cycle: sound }) => {
  const { windows, limitDays, softLimitDays } = sound ?? {};
  if (!windows?.length || limitDays === undefined || softLimitDays === undefined) return [];
  const closedDays = Math.ceil(longestClosedMinutes(windows) / minutesPerDay);
  if (softLimitDays >= limitDays || closedDays <= limitDays - softLimitDays) return [];
  const problem =
    `leave up to ${closedDays} days without an open window, but limitDays (${limitDays}) - ` +
    `softLimitDays (${softLimitDays}) is only ${limitDays - softLimitDays}: add windows`;
  const fix =
    limitDays > closedDays ? `, or set softLimitDays to at most ${limitDays - closedDays}` : '';
  return [{ path: ['cycle', 'windows'], text: `${problem}${fix}` }];
};

export const windowChecks: readonly Check[] = [windowsAreLongEnough, windowsOpenInTime];
