import { cellWidth, padEnd, wrap } from '../../sandbox/narrate/columns.ts';
import { type Colour, printable } from '../../sandbox/narrate/terminal.ts';
import type { AdvisedFailure, Style } from './outcome.ts';

export interface Cell {
  readonly text: string;
  readonly colours?: readonly Colour[];
}

const asCell = (cell: Cell | string): Cell => (typeof cell === 'string' ? { text: cell } : cell);

/** Columns as wide as their widest cell; the last one ends where its text does. */
export const table = (
  rows: readonly (readonly (Cell | string)[])[],
  { paint }: Style,
): readonly string[] => {
  const cells = rows.map((row) =>
    row.map(asCell).map((cell) => ({ ...cell, text: printable(cell.text) })),
  );
  const width = (column: number): number =>
    Math.max(...cells.map((row) => cellWidth(row[column]?.text ?? '')));
  return cells.map((row) =>
    row
      .map(({ text, colours = [] }, column) => {
        const padded = column === row.length - 1 ? text : padEnd(text, width(column));
        return colours.length === 0 ? padded : paint(padded, ...colours);
      })
      .join('  ')
      .trimEnd(),
  );
};

export const heading = (text: string, { paint, columns }: Style): string =>
  paint(`── ${text} `.padEnd(columns, '─'), 'dim');

/** Text under a row, folded at the width of the terminal. */
export const below = (
  text: string,
  { paint, columns }: Style,
  ...colours: readonly Colour[]
): readonly string[] =>
  wrap(printable(text), columns - 4).map((line) =>
    colours.length === 0 ? `    ${line}` : `    ${paint(line, ...colours)}`,
  );

/** Addresses stay whole, so that a terminal can open them. */
export const linkLine = (what: string, link: string, { paint }: Style): string =>
  `    ${paint(`${what.padEnd(9)}  ${link}`, 'dim')}`;

export const failureLines = (failure: AdvisedFailure | null, style: Style): readonly string[] =>
  failure === null
    ? []
    : [
        ...below(`${failure.name}: ${failure.cause.split('\n')[0] ?? ''}`, style, 'red'),
        ...below(failure.advice, style),
      ];

export const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
