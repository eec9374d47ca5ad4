import type { PhaseSpan } from '../world/phase-log.ts';
import { pixels, type Scale } from './scale.ts';

/** A shorter phase is drawn this wide, or nobody would see it. */
export const thinnestPixels = 3;
/** Bars below this width are moved aside rather than covered by a neighbour that was widened. */
const movablePixels = 7;

/** Where a phase is drawn. */
export interface BarPlace {
  readonly span: PhaseSpan;
  readonly row: number;
  /** How far the bar is moved from its instant, so that of several short phases each is seen. */
  readonly shiftPixels: number;
  /** How much of the bar's beginning lies under short ones that were moved. */
  readonly coveredPixels: number;
  /** `null`: as long as the phase takes. */
  readonly fixedPixels: number | null;
}

/** Spans that overlap go to rows of their own. */
const rowsOf = (spans: readonly PhaseSpan[]): readonly (readonly PhaseSpan[])[] => {
  const rows: PhaseSpan[][] = [];
  const sorted = [...spans].sort((a, b) => a.startSeconds - b.startSeconds);
  for (const span of sorted) {
    const row = rows.find(
      (spansOfRow) => (spansOfRow.at(-1)?.endSeconds ?? 0) <= span.startSeconds,
    );
    if (row === undefined) rows.push([span]);
    else row.push(span);
  }
  return rows;
};

interface Box {
  left: number;
  covered: number;
  readonly width: number;
  readonly moves: boolean;
}

/** Moves short bars to the right, off what stands before them, and back where the picture ends. */
const separate = (boxes: readonly Box[], endPixels: number): void => {
  let occupied = Number.NEGATIVE_INFINITY;
  for (const box of boxes) {
    if (box.moves) box.left = Math.max(box.left, occupied);
    box.covered = Math.max(0, occupied - box.left);
    occupied = Math.max(occupied, box.left + box.width);
  }
  let limit = endPixels;
  for (const box of [...boxes].reverse()) {
    if (!box.moves) break;
    box.left = Math.min(box.left, limit - box.width);
    limit = box.left;
  }
};

const rounded = (value: number): number => Number(value.toFixed(2));

const placesInRow = (scale: Scale, spans: readonly PhaseSpan[], row: number): BarPlace[] => {
  const boxes = spans.map((span): Box => {
    const width = pixels(scale, span.endSeconds - span.startSeconds);
    return {
      left: pixels(scale, span.startSeconds),
      covered: 0,
      width: Math.max(thinnestPixels, width),
      moves: width < movablePixels,
    };
  });
  separate(boxes, scale.widthPixels);
  return spans.map((span, index) => {
    const box = boxes[index];
    const shift = (box?.left ?? 0) - pixels(scale, span.startSeconds);
    return {
      span,
      row,
      shiftPixels: rounded(shift),
      coveredPixels: rounded(box?.covered ?? 0),
      fixedPixels: box?.moves ? rounded(box.width) : null,
    };
  });
};

export const barPlaces = (scale: Scale, phases: readonly PhaseSpan[]): readonly BarPlace[] =>
  rowsOf(phases).flatMap((spans, row) => placesInRow(scale, spans, row));

export const rowCount = (places: readonly BarPlace[]): number =>
  places.length === 0 ? 0 : Math.max(...places.map(({ row }) => row)) + 1;
