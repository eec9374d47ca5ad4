import { describe, expect, test } from '@jest/globals';
import { renderReport } from '../../../sandbox/report/html.ts';
import type { Story } from '../../../sandbox/run/story.ts';
import { aLane, aMark, aProxy, aResult, aStory, phasesFrom } from './a-story.ts';
import { all, one, parse } from './parse.ts';

const hostile = `"><script>alert('1')</script><img src=x onerror=y>&amp;</svg></style>`;

const storyOf = (text: string): Story =>
  aStory({
    title: text,
    description: text,
    startedAt: text,
    fleetPhases: phasesFrom(0, [text, 10]),
    lanes: [
      aLane({
        proxy: text,
        phases: phasesFrom(0, [text, 90], ['settle', 1]),
        marks: [aMark({ text }), aMark({ kind: 'decision', text })],
      }),
    ],
    events: [
      { atSeconds: 1, proxy: text, kind: text, text },
      { atSeconds: 2, proxy: null, kind: 'fault', text },
    ],
    result: aResult({
      image: { candidate: text, promoted: text },
      proxies: [
        aProxy({
          name: text,
          failure: { name: text, cause: text },
          incumbent: text,
          replacement: `${text}2`,
          serving: text,
          images: { before: text, after: `${text}2` },
          phases: phasesFrom(0, [text, 90]),
        }),
      ],
      slack: [{ atSeconds: 1, text }],
      invariants: {
        checked: 1,
        violations: [{ invariant: text, atSeconds: 1, proxy: text, text }],
      },
    }),
  });

const tagsIn = (story: Story): readonly string[] =>
  all(parse(renderReport(story)), '').map(({ tag }) => tag);

describe('the report', () => {
  test('is the same, byte for byte, for the same story', () => {
    expect(renderReport(storyOf('a'))).toBe(renderReport(storyOf('a')));
  });

  test('loads nothing, runs nothing, and says so to the browser', () => {
    const page = renderReport(storyOf('https://example.com/x.js'));

    const elements = all(parse(page), '');
    expect(elements.filter(({ tag }) => ['script', 'link', 'img', 'iframe'].includes(tag))).toEqual(
      [],
    );
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(src|href|xlink:href|on.*|style)$/)]),
    );
    expect(page).not.toMatch(/@import|url\((?!#)/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('takes markup in any text for text', () => {
    const tags = tagsIn(storyOf(hostile));

    expect(tags).not.toContain('script');
    expect(tags).not.toContain('img');
    expect(one(parse(renderReport(storyOf(hostile))), 'h1').text).toBe(hostile);
  });

  test('has the same elements whatever the texts are', () => {
    const long = 'x'.repeat(hostile.length);

    expect(tagsIn(storyOf(hostile))).toEqual(tagsIn(storyOf(long)));
  });

  test('shows signs that hide or reorder text as replacement characters', () => {
    const page = renderReport(storyOf('a\u0000b\u001bc\u202ed'));

    expect(one(parse(page), 'h1').text).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(page).not.toContain('\u202e');
  });

  test('has the outcome of each proxy', () => {
    const failure = { name: 'SyncPaused', cause: 'Task 7 waits for a person' };
    const proxy = aProxy({
      outcome: 'rolled-back',
      failure,
      serving: 'i-0a1b2c3d4e5f60718',
      clientSeconds: { served: 24_960, incomplete: 120, down: 7 },
    });

    const page = parse(renderReport(aStory({ result: aResult({ proxies: [proxy] }) })));

    const row = one(one(page, 'table.results'), 'tbody');
    expect(row.text).toContain('rolled back');
    expect(row.text).toContain('SyncPaused Task 7 waits for a person');
    expect(row.text).toContain('i-0a1b2c3d4e5f60718 serves');
    expect(all(row, 'td.number').map(({ text }) => text)).toEqual(['6 h 56 min', '2 min', '7 s']);
    expect(all(one(row, 'ol.phases'), 'li').map(({ text }) => text)).toEqual([
      'inspect 1 min',
      'launch 24 min',
      'fill 1 h 00 min',
      'retire 5 min',
    ]);
  });

  test('lists Slack messages, violations, cost and the events that are worth telling', () => {
    const violation = { invariant: 'One lock', atSeconds: 60, proxy: null, text: 'two rebuilds' };
    const story = aStory({
      result: aResult({ invariants: { checked: 9, violations: [violation] } }),
      events: [
        { atSeconds: 600, proxy: null, kind: 'bake-started', text: 'The bake begins' },
        { atSeconds: 601, proxy: 'berlin', kind: 'quiet', text: '' },
      ],
    });

    const page = parse(renderReport(story));

    expect(one(page, 'ol.slack').text).toContain('day 0 01:40:00berlin is rebuilt');
    expect(one(page, 'ol.violations').text).toContain('Fleet: One locktwo rebuilds');
    expect(one(page, 'dl.cost').text).toMatch(/210state transitions[\s\S]*640AWS calls/);
    const rows = all(one(one(page, 'table.events'), 'tbody'), 'tr');
    expect(rows.map(({ text }) => text)).toEqual([
      'day 0 00:10:00fleetbake-startedThe bake begins',
    ]);
  });

  test('refers to no id that it lacks, and uses none twice', () => {
    const page = renderReport(storyOf('a'));

    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const wanted = [...page.matchAll(/url\(#([^)]+)\)|aria-labelledby="([^"]+)"/g)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(wanted.map(([, url, label]) => url ?? label)));
  });

  test('has no picture when nothing was due', () => {
    const result = aResult({ outcome: 'nothing-due', virtualSeconds: 0, slack: [] });
    const lanes = [aLane({ phases: [], clients: [] })];

    const page = parse(renderReport(aStory({ result, lanes, fleetPhases: [], events: [] })));

    expect(all(page, 'table.lane')).toEqual([]);
    expect(one(page, 'p.verdict').text).toBe('Nothing due: 1 proxy checked');
  });
});
