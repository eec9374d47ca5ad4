/**
 * Characters that change how the text around them is shown, or that nobody can see: control characters but
 * line breaks and tabs, lone surrogates, noncharacters, separators of lines and paragraphs, controls of the
 * writing direction, the zero-width space and the byte-order mark. Joiners stay: emoji and some scripts
 * are written with them.
 */
const unprintable =
  /[^\P{Cc}\n\t]|[\p{Cs}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\ufeff]/gu;

/**
 * Commands of a terminal with parameters, with a text such as a link, and all others. Node's own
 * `stripVTControlCharacters` takes quadratic time where many commands have no end.
 */
const escapeSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;

export const replaceUnprintable = (text: string, replacement: string): string =>
  text.replaceAll(unprintable, replacement);

/** The text in quotes, with each character that nobody would see written as its code point, such as `\u{200b}`. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    unprintable,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

/**
 * Text from elsewhere, such as an installer's log, made safe to show: it cannot move the cursor, change
 * colours or reorder what stands beside it. Line breaks stay; a tab becomes a space.
 */
export const printable = (text: string): string =>
  replaceUnprintable(text.replaceAll(escapeSequences, ''), '').replaceAll('\t', ' ');
