import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderReport } from '../../sandbox/report/html.ts';
import type { Story } from '../../sandbox/run/story.ts';
import { aLane, aMark, aProxy, aResult, aStory, phasesFrom } from '../sandbox/report/a-story.ts';
import { all, one, parse } from '../sandbox/report/parse.ts';
import { hostileText, unsafeSigns } from './texts.ts';

/** A story in which each text of others is another hostile one. */
const storyOf = (next: () => string): Story => {
  const phases = phasesFrom(0, [next(), 90], ['settle', 1]);
  return aStory({
    title: next(),
    description: next(),
    fleetPhases: phasesFrom(0, [next(), 10]),
    lanes: [
      aLane({
        proxy: next(),
        phases,
        marks: [aMark({ text: next() }), aMark({ kind: 'decision', text: next() })],
      }),
    ],
    events: [
      { atSeconds: 1, proxy: next(), kind: next(), text: `x${next()}` },
      { atSeconds: 2, proxy: null, kind: 'fault', text: `x${next()}` },
    ],
    result: aResult({
      image: { candidate: next(), promoted: next() },
      proxies: [
        aProxy({
          name: next(),
          failure: { name: next(), cause: next() },
          incumbent: `a${next()}`,
          replacement: `b${next()}`,
          serving: next(),
          images: { before: `a${next()}`, after: `b${next()}` },
          phases,
        }),
      ],
      slack: [{ atSeconds: 1, text: next() }],
      invariants: {
        checked: 1,
        violations: [{ invariant: next(), atSeconds: 1, proxy: next(), text: next() }],
      },
    }),
  });
};

const texts = fc.array(hostileText, { minLength: 1, maxLength: 6 });
const inTurn = (given: readonly string[]): (() => string) => {
  let index = 0;
  return () => given[index++ % given.length] ?? '';
};

const pageOf = (given: readonly string[]): string => renderReport(storyOf(inTurn(given)));

/** Kinds of elements, by tag and names of attributes: what a page is made of, but for its texts. */
const kindsOf = (page: string): ReadonlySet<string> =>
  new Set(
    all(parse(page), '').map(({ tag, attributes }) => [tag, ...Object.keys(attributes)].join(' ')),
  );

/** Of texts of all lengths: short ones have room for more beside them. */
const ownKinds = new Set(
  [0, 1, 3, 10, 40].flatMap((length) => [
    ...kindsOf(pageOf(['x'.repeat(length)])),
    ...kindsOf(pageOf(['x'.repeat(length), 'y'.repeat(length)])),
  ]),
);

describe('the report of texts of others', () => {
  test('has no element and no attribute that others have written', () => {
    fc.assert(
      fc.property(texts, (given) => {
        expect([...kindsOf(pageOf(given))].filter((kind) => !ownKinds.has(kind))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('shows each text, and no sign that hides or turns it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = pageOf([text]);
        expect(page.replaceAll(/[\n\t]/g, '')).not.toMatch(unsafeSigns);
        expect(page.isWellFormed()).toBe(true);
        const shown = [...one(parse(page), 'h1').text];
        expect(shown).toHaveLength([...text].length);
        for (const [index, sign] of [...text].entries())
          expect([sign, '\ufffd']).toContain(shown[index]);
      }),
      { numRuns: 80 },
    );
  });

  test('keeps its policy and its style', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const page = pageOf(given);
        expect(page.match(/<meta http-equiv="Content-Security-Policy"/g)).toHaveLength(1);
        expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf('<title>'));
        expect(page.match(/<\/style>/g)).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});
