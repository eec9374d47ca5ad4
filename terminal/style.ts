import { printable } from '../functions/domain/printable.ts';
import { wrap } from './columns.ts';
import { type Colour, type Paint, painter, type TextStream } from './stream.ts';

/** How and where text is shown. */
export interface Style {
  readonly paint: Paint;
  readonly columns: number;
}

/** Lines are never folded below 80 columns nor spread beyond 120. */
export const styleFor = ({ columns }: Pick<TextStream, 'columns'>, coloured: boolean): Style => ({
  paint: painter(coloured),
  columns: Math.min(120, Math.max(80, columns ?? 100)),
});

export const heading = (text: string, { paint, columns }: Style): string =>
  paint(`── ${printable(text)} `.padEnd(columns, '─'), 'dim');

/** Text under a row, folded at the width of the terminal. */
export const below = (
  text: string,
  { paint, columns }: Style,
  ...colours: readonly Colour[]
): readonly string[] =>
  wrap(printable(text), columns - 4).map((line) =>
    colours.length === 0 ? `    ${line}` : `    ${paint(line, ...colours)}`,
  );
