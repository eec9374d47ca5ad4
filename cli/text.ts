import { printable } from '../functions/domain/printable.ts';
import { cellWidth, padEnd } from '../terminal/columns.ts';
import type { Colour } from '../terminal/stream.ts';
import { below, type Style } from '../terminal/style.ts';
import type { AdvisedFailure } from './document.ts';

export interface Cell {
  readonly text: string;
  readonly colours?: readonly Colour[];
}

export type Row = readonly (Cell | string)[];

export const bold = (text: string): Cell => ({ text, colours: ['bold'] });
export const dim = (text: string): Cell => ({ text, colours: ['dim'] });

const asCell = (cell: Cell | string): Cell => (typeof cell === 'string' ? { text: cell } : cell);

/** Columns as wide as their widest cell; the last column is not padded. */
export const table = (rows: readonly Row[], { paint }: Style): readonly string[] => {
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

/** A table with detail lines below each row and an optional header row. */
export const detailedTable = <Item>(
  items: readonly Item[],
  rowOf: (item: Item) => Row,
  detailsOf: (item: Item, style: Style) => readonly string[],
  style: Style,
  ...titles: readonly Row[]
): readonly string[] => {
  const rows = table([...titles, ...items.map(rowOf)], style);
  const details = [...titles.map(() => []), ...items.map((item) => detailsOf(item, style))];
  return rows.flatMap((row, index) => [row, ...(details[index] ?? [])]);
};

/** Links are never folded, so that a terminal can open them. */
export const linkLine = (what: string, link: string, { paint }: Style): string =>
  `    ${paint(`${what.padEnd(9)}  ${printable(link)}`, 'dim')}`;

/** The first line of a failure; the link leads to the rest. */
export const causeLines = ({ name, cause }: AdvisedFailure, style: Style): readonly string[] =>
  below(`${name}: ${cause.split('\n')[0] ?? ''}`, style, 'red');

export const failureLines = (failure: AdvisedFailure | null, style: Style): readonly string[] =>
  failure === null ? [] : [...causeLines(failure, style), ...below(failure.advice, style)];

export const secondsBetween = (from: Date | string, to: Date | string): number =>
  Math.max(0, (new Date(to).getTime() - new Date(from).getTime()) / 1000);
