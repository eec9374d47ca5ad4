const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string): readonly string[] =>
  [...graphemes.segment(text)].map(({ segment }) => segment);

const takesTwoCells =
  /\p{Emoji_Presentation}|\ufe0f|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const cells = (grapheme: string): number => (takesTwoCells.test(grapheme) ? 2 : 1);

/** How many cells of a terminal the text takes. */
export const cellWidth = (text: string): number =>
  /^[ -~]*$/.test(text) ? text.length : split(text).reduce((sum, part) => sum + cells(part), 0);

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - cellWidth(text)));

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - cellWidth(text))) + text;

const takeCells = (parts: readonly string[], width: number): readonly string[] => {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += cells(part);
    if (used > width) break;
    taken.push(part);
  }
  return taken;
};

/** Shortens in the middle, because names of one fleet usually differ at the end. */
export const shorten = (text: string, width: number): string => {
  if (cellWidth(text) <= width) return text;
  const parts = split(text);
  const head = takeCells(parts, Math.ceil((width - 1) / 2));
  const tail = takeCells([...parts].reverse(), Math.floor((width - 1) / 2));
  return `${head.join('')}…${[...tail].reverse().join('')}`;
};

const breakWord = (word: string, width: number): readonly string[] => {
  const pieces: string[] = [];
  let rest = split(word);
  while (rest.length > 0) {
    const piece = takeCells(rest, Math.max(2, width));
    pieces.push(piece.join(''));
    rest = rest.slice(piece.length);
  }
  return pieces;
};

/** Breaks at spaces, and inside a word only when the word alone is too wide. Keeps existing line breaks. */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const lines = [''];
    const words = line.trimEnd().split(' ');
    for (const piece of words.flatMap((word) => (word === '' ? [''] : breakWord(word, width)))) {
      const last = lines.at(-1) ?? '';
      const joined = last === '' ? piece : `${last} ${piece}`;
      if (cellWidth(joined) <= width) lines[lines.length - 1] = joined;
      else lines.push(piece);
    }
    return lines;
  });
