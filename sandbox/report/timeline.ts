import { duration } from '../../terminal/figures.ts';
import { barPlaces, rowCount } from './bar-places.ts';
import { clientStrip, hatchPattern, stripPixels } from './client-strip.ts';
import { flagPlaces } from './flag-places.ts';
import type { LaneView } from './lane-view.ts';
import { markLines, markPins, pinPitchPixels, pins } from './mark-pins.ts';
import { html, type Markup, nothing } from './markup.ts';
import { barPitchPixels, phaseBars } from './phase-bars.ts';
import { flagsPixels, phaseFlags } from './phase-flags.ts';
import { percent, type Scale, textPixels, ticks } from './scale.ts';

const axisPixels = 30;
const headPixels = 26;
const lanePaddingPixels = 14;
const titleFontPixels = 14;

interface Drawn {
  readonly markup: Markup;
  readonly bottom: number;
}

const fitted = (text: string, widthPixels: number, fontPixels: number): string => {
  const length = Math.max(4, Math.floor(widthPixels / textPixels('x', fontPixels)));
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
};

const head = (scale: Scale, { title, outcome }: LaneView, y: number): Markup => {
  const words = outcome?.words ?? '';
  const room = scale.widthPixels - textPixels(words, titleFontPixels) - 16;
  const shown = fitted(title, room, titleFontPixels);
  const badge =
    outcome === null ? nothing : html`<tspan class="tone ${outcome.tone}" dx="10">${words}</tspan>`;
  return html`<text class="lane-title" x="0" y="${y + 16}"><title>${title}</title>${shown}${badge}</text>`;
};

/** From the top: title, labels of short phases, bars, what clients met, signs of faults, of decisions. */
const lane = (scale: Scale, view: LaneView, top: number, hatch: string): Drawn => {
  const places = barPlaces(scale, view.phases);
  const flags = flagPlaces(scale, places);
  const barsTop = top + headPixels + flagsPixels(flags);
  const barsBottom = barsTop + rowCount(places) * barPitchPixels;
  const clientsBottom = barsBottom + (view.clients.length === 0 ? 0 : stripPixels + 2);
  const rows = (['fault', 'decision'] as const)
    .map((kind) => view.marks.filter((mark) => mark.kind === kind))
    .filter((marks) => marks.length > 0)
    .map((marks, index) => ({ marks, y: clientsBottom + 4 + index * pinPitchPixels }));
  const markup = html`<g role="group" aria-label="${view.title}${view.outcome === null ? '' : `: ${view.outcome.words}`}">
${head(scale, view, top)}
${phaseFlags(scale, flags, barsTop)}
${phaseBars(scale, places, barsTop)}${clientStrip(scale, view.clients, barsBottom + 1, hatch)}
${rows.flatMap(({ marks, y }) => markLines(scale, marks, barsBottom - 3, y))}${rows.flatMap(({ marks, y }) => markPins(scale, pins(scale, marks), y))}</g>
`;
  return { markup, bottom: clientsBottom + 4 + rows.length * pinPitchPixels };
};

const axis = (scale: Scale, bottom: number): readonly Markup[] =>
  ticks(scale).map(({ atSeconds, label }) => {
    const x = percent(scale, atSeconds);
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${axisPixels - 8}" y2="${bottom}"/><text class="tick" x="${x}" y="14" text-anchor="middle">${label}</text>
`;
  });

const separator = (y: number): Markup =>
  html`<line class="separator" x1="0" x2="100%" y1="${y}" y2="${y}"/>
`;

/** The picture for one range of widths: from `scale.widthPixels` up it stretches without a label meeting another. */
export const timeline = (scale: Scale, views: readonly LaneView[], name: string): Markup => {
  const hatch = `hatch-${name}`;
  const drawn: Markup[] = [];
  let y = axisPixels;
  for (const view of views) {
    const { markup, bottom } = lane(scale, view, y + 6, hatch);
    drawn.push(separator(y), markup);
    y = bottom + lanePaddingPixels;
  }
  const shows = `Timeline of ${duration(scale.totalSeconds)} of virtual time`;
  return html`<svg class="timeline ${name}" width="100%" height="${y}" role="group" aria-label="${shows}">
<defs>${hatchPattern(hatch)}</defs>
<g aria-hidden="true">${axis(scale, y)}</g>
${drawn}</svg>
`;
};
