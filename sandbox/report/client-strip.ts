import { duration, elapsedClock } from '../../terminal/figures.ts';
import type { Lane } from '../run/story.ts';
import type { ClientView } from '../world/client-probe.ts';
import { thinnestPixels } from './bar-places.ts';
import { html, type Markup } from './markup.ts';
import { percent, pixels, type Scale } from './scale.ts';

export const stripPixels = 10;

type Span = Lane['clients'][number];

/** Each view differs in shape as well as in colour: a low band, a hatched one, a high one. */
const insetPixels: Readonly<Record<ClientView, number>> = { served: 2, incomplete: 0, down: -1 };

export const clientWords: Readonly<Record<ClientView, string>> = {
  served: 'Clients are served',
  incomplete: 'Clients meet an incomplete proxy',
  down: 'Clients meet no proxy',
};

const band = (scale: Scale, { fromSeconds, toSeconds, view }: Span, y: number, hatch: string) => {
  const seconds = toSeconds - fromSeconds;
  const isThin = pixels(scale, seconds) < thinnestPixels;
  const width = isThin ? String(thinnestPixels) : percent(scale, seconds);
  const inset = insetPixels[view];
  const paint = view === 'incomplete' ? html` fill="url(#${hatch})"` : html``;
  return html`<g role="img" class="clients ${view}"><title>${clientWords[view]}: ${elapsedClock(fromSeconds)} to ${elapsedClock(toSeconds)}, ${duration(seconds)}</title><rect x="${percent(scale, fromSeconds)}" y="${y + inset}" width="${width}" height="${stripPixels - 2 * inset}"${paint}/></g>
`;
};

const paintOrder: readonly ClientView[] = ['served', 'incomplete', 'down'];

/** What matters most is painted last, and a short outage is as wide as can be seen. */
export const clientStrip = (
  scale: Scale,
  clients: Lane['clients'],
  y: number,
  hatch: string,
): Markup =>
  html`${paintOrder.flatMap((view) =>
    clients.filter((span) => span.view === view).map((span) => band(scale, span, y, hatch)),
  )}`;

export const hatchPattern = (id: string): Markup =>
  html`<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="3" height="6"/></pattern>`;
