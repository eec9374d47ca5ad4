import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asBlocks } from '../../functions/adapters/slack/blocks.ts';
import { closingMessage } from '../../functions/domain/closing-message.ts';
import {
  imageMessage,
  startMessage,
  summaryMessage,
} from '../../functions/domain/fleet-messages.ts';
import type { FleetRun } from '../../functions/domain/fleet-run.ts';
import type { Message } from '../../functions/domain/message.ts';
import { packageFacts } from '../../functions/domain/package-facts.ts';
import { refillMessage } from '../../functions/domain/refill-messages.ts';
import type { Block, Text } from '../adapters/slack/block.ts';
import { longHostileText, unsafeSigns } from './texts.ts';

const textsOf = ({ text, fields = [] }: Block): readonly Text[] => [
  ...(text === undefined ? [] : [text]),
  ...fields,
];

const fence = '```';

/** Nothing in it is a mention, a link or markup of Slack's, and Slack takes it. */
const expectHarmless = (message: Message): void => {
  const { text, blocks } = asBlocks(message) as { text: string; blocks: readonly Block[] };
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(text).not.toMatch(/[<>]/);
  for (const { type, text: shown, verbatim } of blocks.flatMap(textsOf)) {
    const lines = shown.replaceAll(/[\n\t]/g, '');
    expect(lines).not.toMatch(unsafeSigns);
    expect(shown.isWellFormed()).toBe(true);
    if (type === 'plain_text') continue;
    expect(verbatim).toBe(true);
    expect(shown).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    if (!shown.startsWith(fence)) continue;
    // Slack ends the log at the first fence after the one that begins it.
    expect(shown.indexOf(fence, fence.length)).toBe(shown.length - fence.length);
  }
};

const named = fc.record({ name: longHostileText, cause: longHostileText });
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });

const closing = fc.record({
  proxy: longHostileText,
  fleet: longHostileText,
  reason: fc.constantFrom('scheduled', 'heal', 'rollback'),
  failure: orNull(named),
  incumbent: orNull(longHostileText),
  replacement: orNull(longHostileText),
  survivor: orNull(longHostileText),
  isVerified: fc.boolean(),
  earlyExpiry: orNull(longHostileText),
  refill: orNull(fc.record({ taskId: orNull(longHostileText) })),
  rollbackFailure: orNull(named),
  unlockFailure: orNull(named),
  announcementFailure: orNull(named),
  refillFailure: orNull(named),
  minutes: fc.nat(),
  image: orNull(longHostileText),
  proven: fc.constantFrom(null, { immediate: 1 }, { on_demand: 9_999, streamed: 9_999, none: 9 }),
  drain: orNull(fc.record({ seconds: fc.nat(), jobs: orNull(fc.nat()) })),
});

const caught = fc
  .record({ errorType: longHostileText, errorMessage: longHostileText })
  .map((cause) => ({ Error: cause.errorType, Cause: JSON.stringify(cause) }));

const plan: fc.Arbitrary<FleetRun['plan']> = fc.record({
  status: fc.constant('go' as const),
  fleet: longHostileText,
  reason: fc.constant('manual' as const),
  proxies: fc.array(longHostileText, { maxLength: 5 }),
  verdicts: fc.array(
    fc.record({
      name: longHostileText,
      due: longHostileText,
      why: longHostileText,
      startBy: orNull(longHostileText),
    }),
    { maxLength: 5 },
  ),
  concurrency: fc.nat(),
  hasCanary: fc.boolean(),
  imageId: orNull(longHostileText),
  imageSource: fc.constantFrom('given', 'fresh', 'bake'),
  baseImage: longHostileText,
  foremanVersion: longHostileText,
  katelloVersion: longHostileText,
  features: longHostileText,
  startAt: longHostileText,
});

describe('a message of names and texts of others', () => {
  test('about one proxy is harmless', () => {
    fc.assert(
      fc.property(closing, (one) => {
        expectHarmless(closingMessage(one));
        expectHarmless(refillMessage(one));
      }),
      { numRuns: 60 },
    );
  });

  test('about a fleet is harmless', () => {
    fc.assert(
      fc.property(plan, longHostileText, fc.option(caught), (one, imageId, failure) => {
        expectHarmless(startMessage(one));
        expectHarmless(imageMessage(one, imageId));
        const results = one.proxies.map((proxy) => ({ proxy, failure }));
        const wave = { status: 'failed' as const, rebuilds: [], results };
        expectHarmless(summaryMessage({ plan: one, wave, ...(failure && { failure }) }));
      }),
      { numRuns: 50 },
    );
  });

  test('about packages is harmless', () => {
    const one = longHostileText.map((name) => ({
      name,
      versions: [name],
      from: [name],
      to: [name],
    }));
    const some = fc.array(one, { maxLength: 12 });
    fc.assert(
      fc.property(some, some, some, (added, removed, updated) =>
        expectHarmless({
          tone: 'info',
          title: 'Baked',
          facts: packageFacts({ added, removed, updated }),
        }),
      ),
      { numRuns: 50 },
    );
  });

  test('with a log is harmless, wherever its backticks stand', () => {
    const ticks = fc.constantFrom(
      '`',
      '``',
      '```',
      '````',
      'a',
      '\n',
      '*bold*',
      '<!here>',
      '\u200b',
    );
    const log = fc.array(ticks, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(log, fc.constantFrom(1, 1, 300), (text, times) =>
        expectHarmless({ tone: 'bad', title: 'failed', facts: [], log: `x${text.repeat(times)}` }),
      ),
      { numRuns: 150 },
    );
  });

  test('with thousands of facts is one that Slack takes', () => {
    const facts = Array.from({ length: 2000 }, (_, index): [string, string] => [`p${index}`, 'x']);
    const message: Message = { tone: 'bad', title: 'many', facts, log: 'log', advice: 'look' };
    const { blocks } = asBlocks(message) as { blocks: readonly Block[] };

    expectHarmless(message);
    expect(blocks).toHaveLength(50);
    expect(blocks.at(-3)?.fields?.at(-1)?.text).toBe('*…*\nand 1531 more');
  });
});
