import { cutToFit } from '../../domain/cut-to-fit.ts';
import type { Message } from '../../domain/message.ts';
import { printable } from '../../domain/printable.ts';

const tones = {
  info: ':information_source:',
  good: ':white_check_mark:',
  warning: ':warning:',
  bad: ':rotating_light:',
} as const satisfies Record<Message['tone'], string>;

/** Limits of Block Kit: characters of a header, of a section, of a field, and fields of a section. */
const [headerMax, sectionMax, fieldMax, fieldsMax] = [150, 3000, 2000, 10];
/** What header, log and advice leave of the 50 blocks of a message. */
const factsMax = 47 * fieldsMax;

/** Slack interprets these three characters as markup everywhere. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const charactersOf = (text: string): string[] => [...printable(text)];

/** Slack counts characters after escaping and rejects texts that are too long. */
const cut = (characters: readonly string[], max: number): readonly string[] =>
  cutToFit(characters, max, (character) => escapeMarkup(character).length);

const escaped = (text: string, max: number): string =>
  escapeMarkup(cut(charactersOf(text), max).join(''));

/** The end of a text, where a log says what failed. */
const escapedEnd = (text: string, max: number): string =>
  escapeMarkup(cut(charactersOf(text).reverse(), max).toReversed().join(''));

/** Verbatim, so that an `@here` or a channel name in it notifies nobody. */
const markdown = (text: string): object => ({ type: 'mrkdwn', text, verbatim: true });

const labelMax = 80;

const field = ([label, value]: readonly [string, string]): object =>
  markdown(`*${escaped(label, labelMax)}*\n${escaped(value, fieldMax - labelMax - 3)}`);

const fence = '```';

const logBlock = (log: string): object => {
  // A run of backquotes would end the log, even where it joins the fence.
  const body = escapedEnd(log, sectionMax - 2 * fence.length).replaceAll(/^`+|`{3,}|`+$/g, (run) =>
    "'".repeat(run.length),
  );
  return { type: 'section', text: markdown(`${fence}${body}${fence}`) };
};

const inChunks = <Element>(elements: readonly Element[], size: number): Element[][] =>
  elements.length === 0 ? [] : [elements.slice(0, size), ...inChunks(elements.slice(size), size)];

/** As many facts as a message takes; the last then says how many there are more. */
const shown = (facts: Message['facts']): Message['facts'] =>
  facts.length <= factsMax
    ? facts
    : [...facts.slice(0, factsMax - 1), ['…', `and ${facts.length - factsMax + 1} more`]];

/** A message as Block Kit, with the plain text that notifications show. */
export const asBlocks = (
  message: Message,
): { readonly text: string; readonly blocks: readonly object[] } => {
  const title = cut(charactersOf(message.title), headerMax).join('');
  return {
    text: escapeMarkup(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title } },
      ...inChunks(shown(message.facts), fieldsMax).map((facts) => ({
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
