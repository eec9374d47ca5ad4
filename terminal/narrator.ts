import { printable } from '../functions/domain/printable.ts';
import { cellWidth, padEnd, shorten, wrap } from './columns.ts';
import { elapsedClock } from './figures.ts';
import { Progress } from './progress.ts';
import type { StoryEvent } from './story-event.ts';
import { type Colour, type Paint, painter, type TextStream } from './stream.ts';

export interface NarratorOptions {
  /** Names that will occur, so that the column has its final width from the first line. */
  readonly proxies: readonly string[];
  readonly coloured: boolean;
}

const proxyColours: readonly Colour[] = [
  'cyan',
  'magenta',
  'blueBright',
  'yellowBright',
  'greenBright',
  'magentaBright',
  'blue',
  'cyanBright',
];

interface Look {
  /** A prefix that identifies the kind of line even without colours. */
  readonly sign: string;
  readonly colours: readonly Colour[];
}

const plain: Look = { sign: '  ', colours: [] };
const looks: Readonly<Record<string, Look>> = {
  phase: { sign: '▶ ', colours: ['bold'] },
  fault: { sign: '✖ FAULT: ', colours: ['bold', 'red'] },
  decision: { sign: '◆ ', colours: ['yellow'] },
  violation: { sign: '✖ INVARIANT VIOLATED: ', colours: ['bold', 'red'] },
  failed: { sign: '✖ ', colours: ['red'] },
  slack: { sign: '✉ ', colours: ['blue'] },
  done: { sign: '✔ ', colours: ['bold', 'green'] },
};

const widestName = 24;
const fleetName = 'fleet';

/** Prints one line for each event worth reporting, as it happens. */
export class Narrator {
  readonly #stream: TextStream;
  readonly #paint: Paint;
  readonly #names: string[];
  readonly #progress = new Progress();

  constructor(stream: TextStream, options: NarratorOptions) {
    this.#stream = stream;
    this.#paint = painter(options.coloured);
    this.#names = [...options.proxies];
  }

  tell(event: StoryEvent): void {
    const lines = this.#lines(event);
    if (lines.length === 0) return;
    const head = `${elapsedClock(event.atSeconds)}  `;
    const name = padEnd(this.#shortName(event.proxy), this.#nameWidth());
    const colours = this.#proxyColours(event.proxy);
    const indent = ' '.repeat(cellWidth(head) + cellWidth(name) + 2);
    const painted = `${this.#paint(head, 'dim')}${this.#paint(name, ...colours)}  `;
    this.#stream.write(`${painted}${lines.join(`\n${indent}`)}\n`);
  }

  #lines(event: StoryEvent): readonly string[] {
    const text = printable(event.text).trim();
    if (text === '') return [];
    const { sign, colours } = looks[event.kind] ?? plain;
    if (event.kind === 'phase') this.#progress.forget(event.proxy);
    const told = event.kind === 'sync-progress' ? this.#progress.tell(event, text) : text;
    if (told === null) return [];
    const indent = ' '.repeat(Math.min(cellWidth(sign), 2));
    return this.#fold(sign + told).map((line, index) =>
      this.#paint(index === 0 ? line : indent + line, ...colours),
    );
  }

  /** Folds at the terminal's width; output to a file or a pipe is not folded. */
  #fold(text: string): readonly string[] {
    const columns = this.#stream.columns;
    if (columns === undefined) return text.split('\n');
    const sign = text.match(/^ */)?.[0] ?? '';
    const width = columns - elapsedClock(0).length - this.#nameWidth() - 4 - 2;
    const [first, ...rest] = wrap(text.trimStart(), Math.max(20, width));
    return [`${sign}${first ?? ''}`, ...rest];
  }

  #shortName(proxy: string | null): string {
    return proxy === null ? fleetName : shorten(printable(proxy), widestName);
  }

  #nameWidth(): number {
    return Math.max(...[null, ...this.#names].map((name) => cellWidth(this.#shortName(name))));
  }

  #proxyColours(proxy: string | null): readonly Colour[] {
    if (proxy === null) return ['bold'];
    if (!this.#names.includes(proxy)) this.#names.push(proxy);
    const colour = proxyColours[this.#names.indexOf(proxy) % proxyColours.length];
    return colour === undefined ? [] : [colour];
  }
}
