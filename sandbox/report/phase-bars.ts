import { duration, elapsedClock } from '../../terminal/figures.ts';
import type { PhaseSpan } from '../world/phase-log.ts';
import type { BarPlace } from './bar-places.ts';
import { html, type Markup, nothing } from './markup.ts';
import { familyOf } from './phase-looks.ts';
import { percent, pixels, type Scale, textPixels } from './scale.ts';

const barPixels = 28;
export const barPitchPixels = barPixels + 3;
const labelPixels = 12;
const labelPaddingPixels = 14;

const lengthOf = (span: PhaseSpan): number => span.endSeconds - span.startSeconds;

/** The most that fits: name and duration, the name alone, or nothing. */
export const labelInside = (scale: Scale, span: PhaseSpan): string => {
  const room = pixels(scale, lengthOf(span)) - labelPaddingPixels;
  const labels = [`${span.name} · ${duration(lengthOf(span))}`, span.name];
  return labels.find((label) => textPixels(label, labelPixels) <= room) ?? '';
};

const phaseTitle = (span: PhaseSpan): string =>
  `${span.name}: ${elapsedClock(span.startSeconds)} to ${elapsedClock(span.endSeconds)}, ${duration(lengthOf(span))}`;

const bar = (scale: Scale, place: BarPlace, top: number): Markup => {
  const { span, row, shiftPixels, coveredPixels, fixedPixels } = place;
  const y = top + row * barPitchPixels;
  const x = percent(scale, span.startSeconds);
  const label = labelInside(scale, span);
  const text =
    label === ''
      ? nothing
      : html`<text x="${x}" dx="${7 + coveredPixels}" y="${y + barPixels / 2 + 4}">${label}</text>`;
  const shift = shiftPixels === 0 ? nothing : html` transform="translate(${shiftPixels} 0)"`;
  const width = fixedPixels ?? percent(scale, lengthOf(span));
  const rounding = fixedPixels === null ? 3 : 0;
  return html`<g role="img" class="phase ${familyOf(span.name)}"${shift}><title>${phaseTitle(span)}</title><rect x="${x}" y="${y}" width="${width}" height="${barPixels}" rx="${rounding}"/>${text}</g>
`;
};

/** Short ones last, so that a long neighbour does not hide them. */
export const phaseBars = (scale: Scale, places: readonly BarPlace[], top: number): Markup => {
  const long = places.filter(({ fixedPixels }) => fixedPixels === null);
  const short = places.filter(({ fixedPixels }) => fixedPixels !== null);
  return html`${[...long, ...short].map((place) => bar(scale, place, top))}`;
};
