import { elapsedClock } from '../../terminal/figures.ts';
import type { Story } from '../run/story.ts';
import type { ClientView } from '../world/client-probe.ts';
import { clientWords } from './client-strip.ts';
import { type LaneView, laneViews } from './lane-view.ts';
import { html, type Markup, nothing } from './markup.ts';
import { families, familyOf } from './phase-looks.ts';
import { timeline } from './timeline.ts';

/**
 * The same picture for three ranges of width, of which the style sheet shows one: signs, ticks and labels
 * are placed for the narrowest of each range. The widths are those of the style sheet's container
 * queries, less the picture's margins.
 */
export const variants = { narrow: 260, medium: 620, wide: 960 } as const;

const lastInstant = ({ result, fleetPhases, lanes }: Story): number =>
  Math.max(
    1,
    result.virtualSeconds,
    ...fleetPhases.map(({ endSeconds }) => endSeconds),
    ...lanes.flatMap(({ phases }) => phases.map(({ endSeconds }) => endSeconds)),
    ...lanes.flatMap(({ clients }) => clients.map(({ toSeconds }) => toSeconds)),
    ...lanes.flatMap(({ marks }) => marks.map(({ atSeconds }) => atSeconds)),
  );

const legend = (views: readonly LaneView[]): Markup => {
  const phases = new Set(views.flatMap((view) => view.phases.map(({ name }) => familyOf(name))));
  const clients = new Set(views.flatMap((view) => view.clients.map(({ view: met }) => met)));
  const kinds = new Set(views.flatMap((view) => view.marks.map(({ kind }) => kind)));
  const item = (key: Markup, words: string) => html`<li>${key}${words}</li>`;
  const swatch = (family: string) =>
    html`<svg class="key" width="16" height="16" aria-hidden="true"><g class="phase ${family}"><rect x="1" y="1" width="14" height="14" rx="3"/></g></svg>`;
  const strip = (view: ClientView) => {
    const inset = view === 'served' ? 5 : 3;
    const fill = view === 'incomplete' ? html` fill="url(#hatch-key)"` : nothing;
    return html`<svg class="key" width="16" height="16" aria-hidden="true"><g class="clients ${view}"><rect x="0" y="${inset}" width="16" height="${16 - 2 * inset}"${fill}/></g></svg>`;
  };
  const sign = (kind: string, text: string) =>
    html`<span class="sign ${kind}" aria-hidden="true">${text}</span>`;
  return html`<ul class="legend" aria-label="Legend">
${Object.entries(families).flatMap(([family, words]) => [...phases].filter((each) => each === family).map(() => item(swatch(family), words)))}
${Object.entries(clientWords).flatMap(([view, words]) => [...clients].filter((each) => each === view).map((each) => item(strip(each), words)))}
${kinds.has('fault') ? item(sign('fault', 'F1'), 'Fault') : nothing}${kinds.has('decision') ? item(sign('decision', '1'), 'Decision') : nothing}
</ul>`;
};

/** What the signs in the picture stand for. */
const marksList = (views: readonly LaneView[]): Markup => {
  const marked = views.filter(({ marks }) => marks.length > 0);
  if (marked.length === 0) return nothing;
  return html`<section aria-labelledby="marks"><h2 id="marks">Faults and decisions</h2><div class="mark-lists">
${marked.map(
  ({ title, marks }) => html`<div><h3>${title}</h3><ol class="marks">
${marks.map(
  ({ sign, kind, atSeconds, text }) =>
    html`<li><span class="sign ${kind}">${sign}</span><span class="clock">${elapsedClock(atSeconds)} · ${kind}</span><p>${text}</p></li>
`,
)}</ol></div>`,
)}
</div></section>`;
};

const isEmpty = ({ phases, marks, clients }: LaneView): boolean =>
  phases.length + marks.length + clients.length === 0;

export const picture = (story: Story): Markup => {
  const views = laneViews(story);
  if (views.every(isEmpty)) return nothing;
  const totalSeconds = lastInstant(story);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<figure><div class="pictures">
${Object.entries(variants).map(([name, widthPixels]) => timeline({ totalSeconds, widthPixels }, views, name))}</div>
<figcaption>${legend(views)}<p class="hint">Hours of virtual time since the start of the run. Point at a bar or a sign to read about it.</p></figcaption></figure></section>
${marksList(views)}`;
};
