import { type Flag, flagRows, linePixels } from './flag-places.ts';
import { html, type Markup, nothing } from './markup.ts';
import { percent, type Scale } from './scale.ts';

const pitchPixels = 15;

export const flagsPixels = (flags: readonly Flag[]): number =>
  flags.length === 0 ? 0 : flagRows(flags) * pitchPixels + 3;

/** `bottom` is where the bars begin. Hidden from screen readers, which read the bars' titles. */
export const phaseFlags = (scale: Scale, flags: readonly Flag[], bottom: number): Markup => {
  const drawn = flags.map(({ place, side, row }) => {
    const y = bottom - 6 - row * pitchPixels;
    const x = percent(scale, place.span.startSeconds);
    const line = linePixels(place);
    const text =
      side === 'right'
        ? html`<text x="${line + 4}" y="${y}">${place.span.name}</text>`
        : html`<text x="${line - 4}" y="${y}" text-anchor="end">${place.span.name}</text>`;
    return html`<svg x="${x}" y="0" overflow="visible"><line x1="${line}" x2="${line}" y1="${y - 8}" y2="${bottom}"/>${text}</svg>
`;
  });
  return drawn.length === 0 ? nothing : html`<g class="flags" aria-hidden="true">${drawn}</g>`;
};
