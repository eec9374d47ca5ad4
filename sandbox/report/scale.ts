/** The virtual time that the picture shows, from the start of the run. */
export interface Scale {
  readonly totalSeconds: number;
  /** The narrowest width at which this variant of the picture is shown. */
  readonly widthPixels: number;
}

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
const tickPixelsMin = 46;
/** Whole hours are easier to read than their parts, so the parts must have room to spare. */
const partOfHourPixelsMin = 74;

/** Where an instant stands, as a share of the picture's width: the picture stretches, its text does not. */
export const percent = (scale: Scale, seconds: number): string =>
  `${Number(((seconds / scale.totalSeconds) * 100).toFixed(4))}%`;

export const pixels = (scale: Scale, seconds: number): number =>
  (seconds / scale.totalSeconds) * scale.widthPixels;

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

/** Round instants, as dense as their labels allow. */
export const ticks = (scale: Scale): readonly Tick[] => {
  const fits = (step: number) =>
    pixels(scale, step) >= (step < hour ? partOfHourPixelsMin : tickPixelsMin);
  const step = stepsSeconds.find(fits) ?? scale.totalSeconds;
  const length = Math.floor(scale.totalSeconds / step) + 1;
  return Array.from({ length }, (_, index) => ({
    atSeconds: index * step,
    label: tickLabel(index * step, step),
  }));
};

/** Cautious: system fonts differ, and a label must not run out of its place in any of them. */
export const textPixels = (text: string, fontPixels: number): number =>
  Math.ceil(text.length * fontPixels * 0.6);
