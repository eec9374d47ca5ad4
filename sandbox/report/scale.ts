const hour = 3600;
const day = 24 * hour;
const stepsSeconds = [
  60,
  300,
  600,
  900,
  1800,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  28 * day,
];
/** So many have room side by side on a telephone. */
const ticksMax = 7;

/** Where an instant stands, or how long a span is drawn, as a share of the virtual time that is shown. */
export const percent = (totalSeconds: number, seconds: number): string =>
  `${Number(((seconds / totalSeconds) * 100).toFixed(4))}%`;

/** A shorter span is drawn as wide as this share of the whole, or nobody would see it. */
const leastShare = 0.006;

/** Where the bar of a span is drawn; one that is widened stays inside of the picture. */
export const barOf = (
  totalSeconds: number,
  fromSeconds: number,
  toSeconds: number,
): { readonly x: string; readonly width: string } => {
  const seconds = Math.max(toSeconds - fromSeconds, totalSeconds * leastShare);
  return {
    x: percent(totalSeconds, Math.min(fromSeconds, totalSeconds - seconds)),
    width: percent(totalSeconds, seconds),
  };
};

export interface Tick {
  readonly atSeconds: number;
  readonly label: string;
}

const tickLabel = (seconds: number, stepSeconds: number): string => {
  if (stepSeconds >= day) return `day ${seconds / day}`;
  if (stepSeconds >= hour) return `${seconds / hour} h`;
  const minutes = String((seconds / 60) % 60).padStart(2, '0');
  return `${Math.floor(seconds / hour)}:${minutes}`;
};

/** Seconds between two ticks: the shortest round time that gives no more of them than have room. */
export const tickSeconds = (totalSeconds: number): number =>
  stepsSeconds.find((step) => totalSeconds / step < ticksMax) ?? totalSeconds;

export const ticks = (totalSeconds: number): readonly Tick[] => {
  const step = tickSeconds(totalSeconds);
  const length = Math.floor(totalSeconds / step) + 1;
  return Array.from({ length }, (_, index) => ({
    atSeconds: index * step,
    label: tickLabel(index * step, step),
  }));
};
