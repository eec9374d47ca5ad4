import { elapsedClock } from '../../terminal/figures.ts';
import type { SignedMark } from './lane-view.ts';
import { html, type Markup } from './markup.ts';
import { percent, pixels, type Scale, textPixels } from './scale.ts';

export const pinPitchPixels = 23;
const pinPixels = 18;
const gapPixels = 3;

/** One sign, or the signs of marks that stand too close together for one each. */
export interface Pin {
  readonly marks: readonly SignedMark[];
  readonly label: string;
  readonly atSeconds: number;
  readonly widthPixels: number;
}

const pinOf = (marks: readonly SignedMark[]): Pin => {
  const [first, last] = [marks[0], marks.at(-1)];
  const label = marks.length === 1 ? `${first?.sign}` : `${first?.sign}–${last?.sign}`;
  return {
    marks,
    label,
    atSeconds: ((first?.atSeconds ?? 0) + (last?.atSeconds ?? 0)) / 2,
    widthPixels: Math.max(pinPixels, textPixels(label, 11) + 9),
  };
};

const touch = (scale: Scale, left: Pin, right: Pin): boolean =>
  pixels(scale, right.atSeconds - left.atSeconds) <
  (left.widthPixels + right.widthPixels) / 2 + gapPixels;

/** Marks of one kind in the order of time, joined where their pins would touch. */
export const pins = (scale: Scale, marks: readonly SignedMark[]): readonly Pin[] => {
  const placed: Pin[] = [];
  for (const mark of marks) {
    let pin = pinOf([mark]);
    for (let left = placed.at(-1); left && touch(scale, left, pin); left = placed.at(-1)) {
      placed.pop();
      pin = pinOf([...left.marks, ...pin.marks]);
    }
    placed.push(pin);
  }
  return placed;
};

export const markTitle = (mark: SignedMark): string =>
  `${mark.sign} · ${mark.kind} at ${elapsedClock(mark.atSeconds)}: ${mark.text}`;

/** From the bars, whose labels they must not cross, through the strip of the clients to the pin. */
export const markLines = (
  scale: Scale,
  marks: readonly SignedMark[],
  top: number,
  bottom: number,
): readonly Markup[] =>
  marks.map((mark) => {
    const x = percent(scale, mark.atSeconds);
    return html`<line class="mark ${mark.kind}" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>
`;
  });

export const markPins = (scale: Scale, placed: readonly Pin[], top: number): readonly Markup[] =>
  placed.map(({ marks, label, atSeconds, widthPixels }) => {
    const kind = marks[0]?.kind ?? 'decision';
    const title = marks.map(markTitle).join('\n');
    return html`<svg x="${percent(scale, atSeconds)}" y="${top}" overflow="visible"><g role="img" class="pin ${kind}"><title>${title}</title><rect x="${-widthPixels / 2}" y="0" width="${widthPixels}" height="${pinPixels}" rx="${kind === 'fault' ? 3 : pinPixels / 2}"/><text x="0" y="13" text-anchor="middle">${label}</text></g></svg>
`;
  });
