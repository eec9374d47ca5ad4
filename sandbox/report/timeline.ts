import { duration, elapsedClock } from '../../terminal/figures.ts';
import type { Story } from '../run/story.ts';
import { clientLegend, clientStrip, clientSummary, hatchPattern } from './client-strip.ts';
import { type LaneRows, laneRows, type Row } from './lane-rows.ts';
import { html, type Markup, nothing } from './markup.ts';
import { familyOf } from './phase-looks.ts';
import { barOf, percent, tickSeconds, ticks } from './scale.ts';

const lastInstant = ({ result, fleetPhases, lanes }: Story): number =>
  Math.max(
    1,
    result.virtualSeconds,
    ...fleetPhases.map(({ endSeconds }) => endSeconds),
    ...lanes.flatMap(({ phases }) => phases.map(({ endSeconds }) => endSeconds)),
    ...lanes.flatMap(({ clients }) => clients.map(({ toSeconds }) => toSeconds)),
    ...lanes.flatMap(({ marks }) => marks.map(({ atSeconds }) => atSeconds)),
  );

/** A line at each tick, behind whatever a row shows. */
const gridPattern = (total: number): Markup =>
  html`<pattern id="grid" width="${tickSeconds(total) / total}" height="1"><line class="tick" x1="0.5" x2="0.5" y1="0" y2="99"/></pattern>`;

const track = (content: Markup): Markup =>
  html`<td role="cell" class="track"><svg width="100%" height="18" aria-hidden="true"><rect width="100%" height="18" fill="url(#grid)"/>${content}</svg></td>`;

const lasts = ({ kind }: Row): boolean => kind === 'phase' || kind === 'wait';

const spanTitle = (row: Row, { startSeconds, endSeconds }: Row['spans'][number]) => {
  const { kind, name } = row;
  return lasts(row)
    ? `${name}: ${elapsedClock(startSeconds)} to ${elapsedClock(endSeconds)}, ${duration(endSeconds - startSeconds)}`
    : `${kind} at ${elapsedClock(startSeconds)}: ${name}`;
};

const bars = (total: number, row: Row): Markup =>
  html`${row.spans.map((span) => {
    const title = html`<title>${spanTitle(row, span)}</title>`;
    if (row.kind === 'phase') {
      const { x, width } = barOf(total, span.startSeconds, span.endSeconds);
      return html`<g class="phase ${familyOf(row.name)}">${title}<rect x="${x}" y="3" width="${width}" height="12" rx="2"/></g>`;
    }
    if (row.kind === 'wait') {
      const { x, width } = barOf(total, span.startSeconds, span.endSeconds);
      return html`<g class="wait">${title}<rect x="${x}" y="7" width="${width}" height="4"/></g>`;
    }
    const x = percent(total, span.startSeconds);
    return html`<g class="mark ${row.kind}">${title}<line x1="${x}" x2="${x}" y1="2" y2="16"/></g>`;
  })}`;

const lengthWords = (row: Row): string => {
  const { spans } = row;
  const times = spans.length === 1 ? '' : `${spans.length} times`;
  if (!lasts(row)) return times;
  const took = spans.reduce(
    (sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds,
    0,
  );
  return [duration(took), times].filter(Boolean).join(', ');
};

const line = (name: Markup, from: string, took: string, content: Markup): Markup =>
  html`<tr role="row"><th role="rowheader" scope="row">${name}</th><td role="cell" class="clock">${from}</td><td role="cell" class="took">${took}</td>${track(content)}</tr>
`;

const rowLine = (total: number, row: Row): Markup => {
  const sign =
    row.kind === 'phase' ? nothing : html`<span class="sign ${row.kind}">${row.kind}</span> `;
  const from = elapsedClock(row.spans[0]?.startSeconds ?? 0);
  return line(html`${sign}${row.name}`, from, lengthWords(row), bars(total, row));
};

const clientLine = (total: number, clients: LaneRows['clients']): Markup =>
  clients.length === 0
    ? nothing
    : line(html`Clients: ${clientSummary(clients)}`, '', '', clientStrip(total, clients));

const axis = (total: number): Markup =>
  html`<svg width="100%" height="18" aria-hidden="true">${ticks(total).map(
    ({ atSeconds, label }) => {
      const anchor = atSeconds === 0 ? 'start' : atSeconds > total * 0.95 ? 'end' : 'middle';
      return html`<text class="tick" x="${percent(total, atSeconds)}" y="13" text-anchor="${anchor}">${label}</text>`;
    },
  )}</svg>`;

const head = (title: string): Markup =>
  html`<th role="columnheader" scope="col" class="aside">${title}</th>`;

const lane = (total: number, { title, outcome, rows, clients }: LaneRows): Markup => {
  const badge =
    outcome === null ? nothing : html` <span class="${outcome.tone}">${outcome.words}</span>`;
  return html`<table role="table" class="lane"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${title}${badge}</th>${head('start')}${head('duration')}<th role="columnheader" scope="col" class="track">${axis(total)}</th></tr></thead>
<tbody role="rowgroup">${clientLine(total, clients)}${rows.map((row) => rowLine(total, row))}</tbody></table>
`;
};

/** Of the fleet and of each proxy a table, in which every phase, fault and decision has a row on one scale. */
export const timeline = (story: Story): Markup => {
  const lanes = laneRows(story).filter(({ rows, clients }) => rows.length + clients.length > 0);
  if (lanes.length === 0) return nothing;
  const total = lastInstant(story);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<figure><svg class="shared" width="0" height="0" aria-hidden="true"><defs>${hatchPattern}${gridPattern(total)}</defs></svg>
${lanes.map((view) => lane(total, view))}
<figcaption>${clientLegend}</figcaption></figure></section>`;
};
