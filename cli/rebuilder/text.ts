import { printable } from '../../functions/domain/printable.ts';
import { cellWidth, padEnd } from '../../terminal/columns.ts';
import type { Colour } from '../../terminal/stream.ts';
import { below, type Style } from '../../terminal/style.ts';
import type { AdvisedFailure } from './outcome.ts';

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
    row.map(asCell).map((cell) => ({ ...cell, text: printable(cell.text).replaceAll('\n', ' ') })),
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

/** Addresses stay whole, so that a terminal can open them. */
export const linkLine = (what: string, link: string, { paint }: Style): string =>
  `    ${paint(`${what.padEnd(9)}  ${printable(link)}`, 'dim')}`;

export const failureLines = (failure: AdvisedFailure | null, style: Style): readonly string[] =>
  failure === null
    ? []
    : [
        ...below(`${failure.name}: ${failure.cause.split('\n')[0] ?? ''}`, style, 'red'),
        ...below(failure.advice, style),
      ];

export const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
