import { type BarPlace, rowCount } from './bar-places.ts';
import { labelInside } from './phase-bars.ts';
import { pixels, type Scale, textPixels } from './scale.ts';

const fontPixels = 11;
const gapPixels = 6;
const rowsMax = 7;

/** The label of a phase whose bar is too short for it: above the bar, with a line down to it. */
export interface Flag {
  readonly place: BarPlace;
  readonly side: 'left' | 'right';
  /** 0 is next to the bars. */
  readonly row: number;
  /** Where the line stands, and from where to where the text goes. */
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

const meets = (a: Flag, b: Flag): boolean => {
  const sameRow = a.row === b.row && a.from < b.to + gapPixels && b.from < a.to + gapPixels;
  const lineThroughText = (line: Flag, text: Flag) =>
    line.row > text.row && line.x > text.from - 2 && line.x < text.to + 2;
  return sameRow || lineThroughText(a, b) || lineThroughText(b, a);
};

/** From the phase's beginning to the flag's line, which stands where the bar can be seen. */
export const linePixels = ({ shiftPixels, coveredPixels }: BarPlace): number =>
  shiftPixels + coveredPixels + 1;

const flagAt = (scale: Scale, place: BarPlace, side: Flag['side'], row: number): Flag => {
  const x = pixels(scale, place.span.startSeconds) + linePixels(place);
  const width = textPixels(place.span.name, fontPixels) + 4;
  const from = side === 'left' ? x - width : x;
  return { place, side, row, x, from, to: from + width };
};

/** Each in the lowest row where it meets no other; those that find no place are left out. */
const stack = (
  scale: Scale,
  wanted: readonly { readonly place: BarPlace; readonly side: Flag['side'] }[],
): readonly Flag[] => {
  const placed: Flag[] = [];
  for (const { place, side } of wanted) {
    const free = Array.from({ length: rowsMax }, (_, row) => flagAt(scale, place, side, row)).find(
      (flag) =>
        flag.from >= 0 &&
        flag.to <= scale.widthPixels + gapPixels &&
        !placed.some((other) => meets(flag, other)),
    );
    if (free !== undefined) placed.push(free);
  }
  return placed;
};

export const flagRows = (flags: readonly Flag[]): number =>
  flags.length === 0 ? 0 : Math.max(...flags.map(({ row }) => row)) + 1;

const isBetter = (a: readonly Flag[], b: readonly Flag[]): boolean =>
  a.length === b.length ? flagRows(a) < flagRows(b) : a.length > b.length;

/**
 * Texts go to the right of their lines and, from one phase on, to the left, since the picture ends. Of several
 * short phases in a row the flags then stand like a stair: up to the left, or up to the right. Every
 * phase is tried as the first of those to the left; the arrangement that shows the most flags wins.
 */
export const flagPlaces = (scale: Scale, places: readonly BarPlace[]): readonly Flag[] => {
  if (rowCount(places) > 1) return [];
  const short = places.filter(({ span }) => labelInside(scale, span) === '');
  const arrangements = Array.from({ length: short.length + 1 }, (_, toTheLeft) => {
    const first = short.length - toTheLeft;
    const left = short.slice(first).map((place) => ({ place, side: 'left' as const }));
    const right = short.slice(0, first).map((place) => ({ place, side: 'right' as const }));
    return stack(scale, [...left, ...right.reverse()]);
  });
  return arrangements.reduce((best, next) => (isBetter(next, best) ? next : best), []);
};
