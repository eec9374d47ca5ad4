import { duration, elapsedClock } from '../../terminal/figures.ts';
import type { Lane } from '../run/story.ts';
import type { ClientView } from '../world/client-probe.ts';
import { html, type Markup, nothing } from './markup.ts';
import { barOf } from './scale.ts';

/** Each view differs in shape as well as in colour: a low band, a hatched one, a high one. */
const insets: Readonly<Record<ClientView, number>> = { served: 6, incomplete: 4, down: 2 };

const words: Readonly<Record<ClientView, string>> = {
  served: 'Clients served',
  incomplete: 'Incomplete content served',
  down: 'Outage: no proxy serves',
};
/** What matters most comes last, so that it is painted over its neighbours. */
const views = Object.keys(words) as ClientView[];

const band = (view: ClientView, x: string, width: string, title: string): Markup => {
  const inset = insets[view];
  const paint = view === 'incomplete' ? html` fill="url(#hatch)"` : nothing;
  return html`<g class="clients ${view}"><title>${title}</title><rect x="${x}" y="${inset}" width="${width}" height="${18 - 2 * inset}"${paint}/></g>`;
};

/** What a client would have met, from instant to instant. */
export const clientStrip = (total: number, clients: Lane['clients']): Markup =>
  html`${views.flatMap((view) =>
    clients
      .filter((span) => span.view === view)
      .map(({ fromSeconds, toSeconds }) => {
        const { x, width } = barOf(total, fromSeconds, toSeconds);
        const when = `${elapsedClock(fromSeconds)} to ${elapsedClock(toSeconds)}`;
        const title = `${words[view]}: ${when}, ${duration(toSeconds - fromSeconds)}`;
        return band(view, x, width, title);
      }),
  )}`;

/** What clients met besides a proxy that serves, and for how long. */
export const clientSummary = (clients: Lane['clients']): string => {
  const bad = (['down', 'incomplete'] as const).flatMap((view) => {
    const seconds = clients
      .filter((span) => span.view === view)
      .reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
    return seconds === 0 ? [] : [`${view} ${duration(seconds)}`];
  });
  return bad.length === 0 ? 'served' : bad.join(', ');
};

export const clientLegend: Markup = html`<ul class="legend" aria-label="Legend">${views.map(
  (view) =>
    html`<li><svg class="key" width="18" height="18" aria-hidden="true">${band(view, '0', '18', words[view])}</svg>${words[view]}</li>`,
)}</ul>`;

export const hatchPattern: Markup = html`<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="3" height="6"/></pattern>`;
