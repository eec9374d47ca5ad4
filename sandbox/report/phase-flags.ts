import { html, type Markup, nothing } from './markup.ts';
import { labelInside, rowsOf } from './phase-bars.ts';
import { percent, pixels, type Scale, textPixels } from './scale.ts';
import type { PhaseSpan } from './story.ts';

export const flagPitchPixels = 15;
const fontPixels = 11;
const gapPixels = 6;
const rowsMax = 7;

/** The label of a phase whose bar is too short for it: above the bar, with a line down to it. */
export interface Flag {
  readonly span: PhaseSpan;
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

/** Text goes to the right of its line, and to the left of it where the picture ends. */
const flagAt = (scale: Scale, span: PhaseSpan, row: number): Flag => {
  const x = pixels(scale, span.startSeconds) + 1;
  const width = textPixels(span.name, fontPixels) + 3;
  const from = x + width > scale.widthPixels ? x - width : x;
  return { span, row, x, from, to: from + width };
};

/**
 * From right to left, each in the lowest row where it meets no other: of several short phases in a row, the
 * first has the highest flag, as the steps of a stair. One that finds no place has its tooltip and the table.
 */
export const flags = (scale: Scale, phases: readonly PhaseSpan[]): readonly Flag[] => {
  const [onlyRow, ...more] = rowsOf(phases);
  if (onlyRow === undefined || more.length > 0) return [];
  const placed: Flag[] = [];
  for (const span of onlyRow.filter((each) => labelInside(scale, each) === '').reverse()) {
    const candidates = Array.from({ length: rowsMax }, (_, row) => flagAt(scale, span, row));
    const free = candidates.find((flag) => !placed.some((other) => meets(flag, other)));
    if (free !== undefined) placed.push(free);
  }
  return placed;
};

export const flagsPixels = (placed: readonly Flag[]): number =>
  placed.length === 0 ? 0 : (Math.max(...placed.map(({ row }) => row)) + 1) * flagPitchPixels + 3;

/** `bottom` is where the bars begin. */
export const phaseFlags = (scale: Scale, placed: readonly Flag[], bottom: number): Markup =>
  placed.length === 0
    ? nothing
    : html`<g class="flags" aria-hidden="true">${placed.map(({ span, row, x, from }) => {
        const toTheRight = from >= x;
        const y = bottom - 6 - row * flagPitchPixels;
        const at = percent(scale, span.startSeconds);
        return html`<svg x="${at}" y="0" overflow="visible"><line x1="1" x2="1" y1="${y - 8}" y2="${bottom}"/><text x="${toTheRight ? 5 : -3}" y="${y}"${toTheRight ? nothing : html` text-anchor="end"`}>${span.name}</text></svg>
`;
      })}</g>`;
