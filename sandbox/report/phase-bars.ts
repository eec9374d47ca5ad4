import { duration, virtualClock } from './figures.ts';
import { html, type Markup, nothing } from './markup.ts';
import { familyOf } from './phase-looks.ts';
import { percent, pixels, type Scale, textPixels } from './scale.ts';
import type { PhaseSpan } from './story.ts';

export const barPixels = 28;
export const barPitchPixels = barPixels + 3;
const labelPixels = 12;
/** A shorter phase is drawn this wide, or nobody would see it. */
export const thinnestPixels = 3;
const labelPaddingPixels = 14;

/** Spans that overlap go to rows of their own. */
export const rowsOf = (spans: readonly PhaseSpan[]): readonly (readonly PhaseSpan[])[] => {
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

const lengthOf = (span: PhaseSpan): number => span.endSeconds - span.startSeconds;

/** The most that fits: name and duration, the name alone, or nothing. */
export const labelInside = (scale: Scale, span: PhaseSpan): string => {
  const room = pixels(scale, lengthOf(span)) - labelPaddingPixels;
  const labels = [`${span.name} · ${duration(lengthOf(span))}`, span.name];
  return labels.find((label) => textPixels(label, labelPixels) <= room) ?? '';
};

const isThin = (scale: Scale, span: PhaseSpan): boolean =>
  pixels(scale, lengthOf(span)) < thinnestPixels;

export const phaseTitle = (span: PhaseSpan): string =>
  `${span.name}: ${virtualClock(span.startSeconds)} to ${virtualClock(span.endSeconds)}, ${duration(lengthOf(span))}`;

const bar = (scale: Scale, span: PhaseSpan, y: number): Markup => {
  const label = labelInside(scale, span);
  const x = percent(scale, span.startSeconds);
  const width = isThin(scale, span) ? String(thinnestPixels) : percent(scale, lengthOf(span));
  const text =
    label === ''
      ? nothing
      : html`<text class="inside" x="${x}" dx="7" y="${y + barPixels / 2 + 4}">${label}</text>`;
  return html`<g role="img" class="phase ${familyOf(span.name)}"><title>${phaseTitle(span)}</title><rect x="${x}" y="${y}" width="${width}" height="${barPixels}" rx="${isThin(scale, span) ? 0 : 3}"/>${text}</g>
`;
};

/** Thin ones last, so that a long neighbour does not hide them. */
export const phaseBars = (scale: Scale, phases: readonly PhaseSpan[], top: number): Markup => {
  const placed = rowsOf(phases).flatMap((row, index) =>
    row.map((span) => ({ span, y: top + index * barPitchPixels })),
  );
  const [thin, wide] = [true, false].map((wanted) =>
    placed.filter(({ span }) => isThin(scale, span) === wanted),
  );
  return html`${[...(wide ?? []), ...(thin ?? [])].map(({ span, y }) => bar(scale, span, y))}`;
};
