import type { Message } from '../../domain/message.ts';

const tones = {
  info: ':information_source:',
  good: ':white_check_mark:',
  warning: ':warning:',
  bad: ':rotating_light:',
} as const satisfies Record<Message['tone'], string>;

/** Limits of Block Kit: characters of a header, of a section, and fields of a section. */
const [headerMax, sectionMax, fieldMax, fieldsMax] = [150, 2900, 1900, 10];

/** Slack reads these three characters as markup wherever they stand. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/g;

const plain = (text: string, max: number): string => {
  const clean = text.replace(controlCharacters, '');
  return clean.length <= max ? clean : `${clean.slice(0, max - 1)}…`;
};

const markdown = (text: string): object => ({ type: 'mrkdwn', text });

const field = ([label, value]: readonly [string, string]): object =>
  markdown(`*${escapeMarkup(plain(label, 80))}*\n${escapeMarkup(plain(value, fieldMax - 100))}`);

const fence = '```';

const logBlock = (log: string): object => {
  const body = escapeMarkup(plain(log.slice(-sectionMax + 200), sectionMax - 100)).replaceAll(
    fence,
    "'''",
  );
  return { type: 'section', text: markdown(`${fence}${body}${fence}`) };
};

const inChunks = <Element>(elements: readonly Element[], size: number): Element[][] =>
  elements.length === 0 ? [] : [elements.slice(0, size), ...inChunks(elements.slice(size), size)];

/** A message as Block Kit, with the plain text that notifications show. */
export const asBlocks = (
  message: Message,
): { readonly text: string; readonly blocks: readonly object[] } => {
  const title = plain(message.title, headerMax - 4);
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
              text: markdown(
                `${tones[message.tone]} ${escapeMarkup(plain(message.advice, sectionMax))}`,
              ),
            },
          ]),
    ],
  };
};
