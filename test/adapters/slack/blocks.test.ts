import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asBlocks } from '../../../functions/adapters/slack/blocks.ts';
import type { Message } from '../../../functions/domain/message.ts';
import type { Block } from './block.ts';

const message = (changes: Partial<Message> = {}): Message => ({
  tone: 'warning',
  title: 'berlin was not rebuilt',
  facts: [],
  ...changes,
});
const blocksOf = (given: Message): readonly Block[] => asBlocks(given).blocks as readonly Block[];
const [header, section, field, fieldsMax] = [150, 3000, 2000, 10];

describe('a message', () => {
  test('is a header, its facts, the log, and the advice', () => {
    const blocks = blocksOf(
      message({ facts: [['Serving', 'i-old']], log: 'last line', advice: 'Read the log.' }),
    );

    expect(blocks).toMatchObject([
      { type: 'header', text: { type: 'plain_text', text: 'berlin was not rebuilt' } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*Serving*\ni-old' }] },
      { type: 'section', text: { text: '```last line```' } },
      { type: 'section', text: { text: ':warning: Read the log.' } },
    ]);
  });

  test('has a text for notifications', () => {
    expect(asBlocks(message({ title: 'a <b> & c' })).text).toBe('a &lt;b&gt; &amp; c');
  });

  test('with many facts takes as many sections as it needs', () => {
    const facts = Array.from({ length: 23 }, (_, index): [string, string] => [
      `proxy-${index}`,
      'rebuilt',
    ]);

    expect(blocksOf(message({ facts })).map(({ fields }) => fields?.length ?? 0)).toEqual([
      0, 10, 10, 3,
    ]);
  });

  test('cuts a title that is too long, visibly', () => {
    const [first] = blocksOf(message({ title: 'x'.repeat(300) }));

    expect(first?.text?.text).toMatch(/^x{100,}…$/);
  });

  test('keeps the end of a log, where the failure stands', () => {
    const log = `${'early '.repeat(2000)}THE FAILURE`;

    const shown = blocksOf(message({ log })).at(-1)?.text?.text ?? '';

    expect(shown).toMatch(/THE FAILURE```$/);
  });
});

describe('text from outside', () => {
  const value = (text: string): string =>
    blocksOf(message({ facts: [['Failure', text]] }))[1]?.fields?.[0]?.text ?? '';

  test.each<[string, string, string]>([
    ['cannot turn the direction back and forth', 'a\u2066b\u2069c', 'abc'],
    ['calls nobody', '<!channel> <@U123>', '&lt;!channel&gt; &lt;@U123&gt;'],
    ['links nowhere', '<https://evil.example|here>', '&lt;https://evil.example|here&gt;'],
    ['is escaped once', '&lt;', '&amp;lt;'],
    ['cannot move the cursor', 'a\u001b[31mb\u0000c\rd', 'abcd'],
    ['cannot turn the direction of writing', 'a\u202eb\u200fc', 'abc'],
    ['keeps its lines', 'one\ntwo', 'one\ntwo'],
  ])('%s', (_name, text, shown) => {
    expect(value(text)).toBe(`*Failure*\n${shown}`);
  });

  test('is taken as it stands, so that @here is a word', () => {
    const blocks = blocksOf(
      message({ facts: [['Failure', '@here']], log: '@here', advice: '@here' }),
    );

    for (const { text, fields = [] } of blocks.slice(1))
      for (const each of [...fields, ...(text === undefined ? [] : [text])])
        expect(each.verbatim).toBe(true);
  });

  test('cannot end the log that contains it', () => {
    const shown = blocksOf(message({ log: 'a\n```\n*bold* <!here>' }))[1]?.text?.text ?? '';

    expect(shown.slice(3, -3)).not.toContain('```');
    expect(shown).toContain('&lt;!here&gt;');
  });
});

test('every message keeps within the limits of Block Kit', () => {
  const text = fc
    .tuple(fc.constantFrom('a', '💡', '&', '<', '`', '\n', '\u0000', '\ud83d'), fc.nat(9000))
    .map(([unit, length]) => unit.repeat(length));
  const given = fc.record<Message>(
    {
      tone: fc.constantFrom('info', 'good', 'warning', 'bad'),
      title: text,
      facts: fc.array(fc.tuple(text, text), { maxLength: 30 }),
      log: text,
      advice: text,
    },
    { requiredKeys: ['tone', 'title', 'facts'] },
  );
  fc.assert(
    fc.property(given, (one) => {
      expect(JSON.stringify(asBlocks(one))).not.toMatch(/\\ud[89a-f]/);
      for (const { type, text, fields = [] } of blocksOf(one)) {
        expect(text?.text.length ?? 0).toBeLessThanOrEqual(type === 'header' ? header : section);
        expect(fields.length).toBeLessThanOrEqual(fieldsMax);
        for (const each of fields) expect(each.text.length).toBeLessThanOrEqual(field);
      }
    }),
    { numRuns: 60 },
  );
});
