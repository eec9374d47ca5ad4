import type { Message } from '../../domain/message.ts';

const tones = {
  info: ':information_source:',
  good: ':white_check_mark:',
  warning: ':warning:',
  bad: ':rotating_light:',
} as const satisfies Record<Message['tone'], string>;

/** Limits of Block Kit: characters of a header, of a section, of a field, and fields of a section. */
const [headerMax, sectionMax, fieldMax, fieldsMax] = [150, 3000, 2000, 10];

/** Slack reads these three characters as markup wherever they stand. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const controlCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const charactersOf = (text: string): string[] => [
  ...text.replace(controlCharacters, '').toWellFormed(),
];

/** As many characters as fit once they are escaped: Slack counts, and refuses, what it is sent. */
const fitting = (characters: readonly string[], max: number): readonly string[] => {
  let length = 0;
  const end = characters.findIndex((character) => {
    length += escapeMarkup(character).length;
    return length >= max;
  });
  return end === -1 ? characters : [...characters.slice(0, end), '…'];
};

const escaped = (text: string, max: number): string =>
  escapeMarkup(fitting(charactersOf(text), max).join(''));

/** The end of a text, where a log says what failed. */
const escapedEnd = (text: string, max: number): string =>
  escapeMarkup(fitting(charactersOf(text).reverse(), max).toReversed().join(''));

/** Verbatim, so that an `@here` or a name of a channel in it calls nobody. */
const markdown = (text: string): object => ({ type: 'mrkdwn', text, verbatim: true });

const labelMax = 80;

const field = ([label, value]: readonly [string, string]): object =>
  markdown(`*${escaped(label, labelMax)}*\n${escaped(value, fieldMax - labelMax - 3)}`);

const fence = '```';

const logBlock = (log: string): object => {
  const body = escapedEnd(log, sectionMax - 2 * fence.length).replaceAll(fence, "'''");
  return { type: 'section', text: markdown(`${fence}${body}${fence}`) };
};

const inChunks = <Element>(elements: readonly Element[], size: number): Element[][] =>
  elements.length === 0 ? [] : [elements.slice(0, size), ...inChunks(elements.slice(size), size)];

/** A message as Block Kit, with the plain text that notifications show. */
export const asBlocks = (
  message: Message,
): { readonly text: string; readonly blocks: readonly object[] } => {
  const title = fitting(charactersOf(message.title), headerMax).join('');
  return {
    text: escapeMarkup(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title } },
      ...inChunks(message.facts, fieldsMax).map((facts) => ({
        type: 'section',
        fields: facts.map(field),
      })),
      ...(message.log === undefined ? [] : [logBlock(message.log)]),
      ...(message.advice === undefined
        ? []
        : [
            {
              type: 'section',
              text: markdown(`${tones[message.tone]} ${escaped(message.advice, sectionMax - 50)}`),
            },
          ]),
    ],
  };
};
