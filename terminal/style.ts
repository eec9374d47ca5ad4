import { printable } from '../functions/domain/printable.ts';
import { wrap } from './columns.ts';
import { type Colour, type Paint, painter, type TextStream } from './stream.ts';

/** Terminal width and colours. */
export interface Style {
  readonly paint: Paint;
  readonly columns: number;
}

/** Lines are folded at 80 columns at least and 120 at most. */
export const styleFor = ({ columns }: Pick<TextStream, 'columns'>, coloured: boolean): Style => ({
  paint: painter(coloured),
  columns: Math.min(120, Math.max(80, columns ?? 100)),
});

export const heading = (text: string, { paint, columns }: Style): string =>
  paint(`── ${printable(text)} `.padEnd(columns, '─'), 'dim');

/** Text under a row, folded at the terminal's width. */
export const below = (
  text: string,
  { paint, columns }: Style,
  ...colours: readonly Colour[]
): readonly string[] =>
  wrap(printable(text), columns - 4).map((line) =>
    colours.length === 0 ? `    ${line}` : `    ${paint(line, ...colours)}`,
  );
