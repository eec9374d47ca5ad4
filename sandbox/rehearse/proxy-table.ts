import { printable } from '../../functions/domain/printable.ts';
import { cellWidth, padEnd, padStart, shorten } from '../../terminal/columns.ts';
import { duration } from '../../terminal/figures.ts';
import type { Colour, Paint } from '../../terminal/stream.ts';
import { below, type Style } from '../../terminal/style.ts';
import { outcomeTone, outcomeWords, type Tone } from '../report/wording.ts';
import type { ProxyResult } from '../run/story.ts';

export const toneColour: Readonly<Record<Tone, Colour>> = {
  good: 'green',
  bad: 'red',
  neutral: 'yellow',
};
const toneSign: Readonly<Record<Tone, string>> = { good: '✔', bad: '✖', neutral: '–' };

const clientColumns = [
  ['served', 11],
  ['incomplete', 12],
  ['down', 11],
] as const;
const clientsWidth = clientColumns.reduce((sum, [, width]) => sum + width, 0);
const narrowestName = 15;
/** An arrow takes two cells before an id, and a star two after that of an instance. */
const signWidth = 2;
/** An id is at most `ami-` and 17 digits. */
const widestId = 21 + 2 * signWidth;

interface Widths {
  readonly name: number;
  readonly id: number;
}

/** The name gets what the fixed columns leave; in a narrow terminal the ids are shortened for it. */
const widthsFor = (proxies: readonly ProxyResult[], columns: number): Widths => {
  const gaps = 3;
  const forIds = Math.floor((columns - clientsWidth - gaps - narrowestName + signWidth) / 2);
  const id = Math.min(widestId, forIds);
  const widest = Math.max(narrowestName, ...proxies.map(({ name }) => cellWidth(printable(name))));
  return { id, name: Math.min(widest, columns - clientsWidth - gaps + signWidth - 2 * id) };
};

/** Before over after. The star marks the one that serves at the end. */
const twoLines = (
  before: string | null,
  after: string | null,
  serving: string | null,
  width: number,
): readonly [string, string] => {
  const cell = (sign: string, id: string) =>
    `${sign}${shorten(printable(id), width - 4)}${id === serving ? ' *' : ''}`;
  return [
    before === null ? '  –' : cell('  ', before),
    after === null || after === before ? '' : cell('→ ', after),
  ];
};

const clientTimes = (proxy: ProxyResult, paint: Paint): string =>
  clientColumns
    .map(([view, width]) => {
      const seconds = proxy.clientSeconds[view];
      const text = padStart(duration(seconds), width);
      return view !== 'served' && seconds > 0 ? paint(text, 'bold', 'red') : text;
    })
    .join('');

/** Keeps the figure beside its phase when the line is folded. */
const noBreak = '\u00a0';

const phaseTimes = ({ phases }: ProxyResult): string =>
  phases
    .map(({ name, startSeconds, endSeconds }) =>
      `${printable(name)} ${duration(endSeconds - startSeconds)}`.replaceAll(' ', noBreak),
    )
    .join(`${noBreak}· `);

const details = (proxy: ProxyResult, style: Style): readonly string[] => {
  const phases = phaseTimes(proxy);
  const { failure } = proxy;
  const folded = phases === '' ? [] : below(`phases: ${phases}`, style, 'dim');
  return [
    ...folded.map((line) => line.replaceAll(noBreak, ' ')),
    ...(failure === null ? [] : below(`${failure.name}: ${failure.cause}`, style, 'red')),
  ];
};

const rows = (proxy: ProxyResult, widths: Widths, style: Style): readonly string[] => {
  const { paint } = style;
  const tone = outcomeTone[proxy.outcome];
  const outcome = `${toneSign[tone]} ${outcomeWords(proxy.outcome)}`;
  const [incumbent, replacement] = twoLines(
    proxy.incumbent,
    proxy.replacement,
    proxy.serving,
    widths.id,
  );
  const [before, after] = twoLines(proxy.images.before, proxy.images.after, null, widths.id);
  const cell = (text: string) => padEnd(text, widths.id + 1);
  const imageCell = (text: string) => padEnd(text, widths.id + 1 - signWidth);
  const name = padEnd(shorten(printable(proxy.name), widths.name), widths.name);
  return [
    `${paint(name, 'bold')} ${cell(incumbent)}${imageCell(before)}${clientTimes(proxy, paint)}`,
    `${paint(padEnd(outcome, widths.name), toneColour[tone])} ${cell(replacement)}${after}`.trimEnd(),
    ...details(proxy, style),
    '',
  ];
};

/** Two lines per proxy, before over after, and below them its phases and its failure. */
export const proxyTable = (proxies: readonly ProxyResult[], style: Style): readonly string[] => {
  const { paint, columns } = style;
  const widths = widthsFor(proxies, columns);
  const ids = padEnd('  instance', widths.id + 1) + padEnd('  image', widths.id + 1 - signWidth);
  const views = clientColumns.map(([view, width]) => padStart(view, width)).join('');
  const overClients = ' '.repeat(widths.name + 1 + cellWidth(ids));
  return [
    paint(`${overClients}${padStart('what clients met', clientsWidth)}`, 'dim'),
    paint(`${padEnd('proxy', widths.name + 1)}${ids}${views}`, 'dim'),
    ...proxies.flatMap((proxy) => rows(proxy, widths, style)),
    paint('* serving at the end', 'dim'),
    '',
  ];
};
