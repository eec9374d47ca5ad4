import { styleText } from 'node:util';

/** The part of a stream that the narrator needs; `process.stdout` and `process.stderr` qualify. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export const usesColours = (
  stream: TextStream,
  environment: { readonly [name: string]: string | undefined },
): boolean => stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '';

export type Colour = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>;
export type Paint = (text: string, ...colours: readonly Colour[]) => string;

export const painter =
  (coloured: boolean): Paint =>
  (text, ...colours) =>
    coloured && text !== '' ? styleText([...colours], text, { validateStream: false }) : text;
