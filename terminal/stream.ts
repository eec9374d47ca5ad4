/** What the narration needs of a stream; `process.stdout` and `process.stderr` are ones. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export const usesColours = (
  stream: TextStream,
  environment: { readonly [name: string]: string | undefined },
): boolean => stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '';

const codes = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  brightGreen: 92,
  brightYellow: 93,
  brightBlue: 94,
  brightMagenta: 95,
  brightCyan: 96,
} as const;

export type Colour = keyof typeof codes;
export type Paint = (text: string, ...colours: readonly Colour[]) => string;

export const painter =
  (coloured: boolean): Paint =>
  (text, ...colours) =>
    coloured && text !== ''
      ? `\u001b[${colours.map((colour) => codes[colour]).join(';')}m${text}\u001b[0m`
      : text;

/** Commands with parameters, commands with a text such as a link, and all others. */
const escapeSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;

/**
 * Text from elsewhere, such as an installer's log, made safe for a terminal: it must not move the
 * cursor, change colours or reorder what stands beside it. Line breaks stay.
 */
export const printable = (text: string): string =>
  text
    .replaceAll(escapeSequences, '')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]/gu, (character) =>
      character === '\n' ? character : '',
    );
