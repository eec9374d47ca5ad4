import { describe, expect, test } from '@jest/globals';
import { renderReport } from '../../../sandbox/report/html.ts';
import type { Story } from '../../../sandbox/run/story.ts';
import { aLane, aMark, aResult, aStory, phasesFrom } from './a-story.ts';
import { all, type Element, one, parse } from './parse.ts';

const variants = ['narrow', 'medium', 'wide'] as const;

const pictureOf = (story: Story, variant: (typeof variants)[number] = 'wide'): Element =>
  one(parse(renderReport(story)), `svg.timeline.${variant}`);

const laneOf = (picture: Element, label: string): Element => {
  const found = all(picture, 'g').find(({ attributes }) => attributes['aria-label'] === label);
  if (found === undefined) throw new Error(`no lane ${label}`);
  return found;
};

const titleOf = (element: Element): string => one(element, 'title').text;
const boxOf = (element: Element): readonly (string | undefined)[] => {
  const { attributes } = one(element, 'rect');
  return [attributes['x'], attributes['width']];
};

describe('the timeline', () => {
  test.each(variants)('draws each phase of each lane at its place (%s)', (variant) => {
    const lanes = [aLane({ phases: phasesFrom(1800, ['fill', 60], ['soak', 30]) })];

    const picture = pictureOf(aStory({ lanes }), variant);

    const bars = all(laneOf(picture, 'berlin: rebuilt'), 'g.phase');
    expect(bars.map((bar) => [titleOf(bar), ...boxOf(bar)])).toEqual([
      ['fill: day 0 00:30:00 to day 0 01:30:00, 1 h 00 min', '25%', '50%'],
      ['soak: day 0 01:30:00 to day 0 02:00:00, 30 min', '75%', '25%'],
    ]);
    expect(boxOf(one(laneOf(picture, 'Fleet'), 'g.phase'))).toEqual(['0%', '8.3333%']);
  });

  test('draws a phase of a second as wide as can be seen', () => {
    const lanes = [aLane({ phases: [{ name: 'inspect', startSeconds: 3600, endSeconds: 3601 }] })];

    const bar = one(laneOf(pictureOf(aStory({ lanes })), 'berlin: rebuilt'), 'g.phase');

    expect(boxOf(bar)).toEqual(['50%', '3']);
  });

  test('writes a name into a bar with room for it, and above a bar without', () => {
    const lanes = [aLane({ phases: phasesFrom(0, ['admit', 1], ['changeover', 119]) })];

    const lane = laneOf(pictureOf(aStory({ lanes })), 'berlin: rebuilt');

    expect(all(one(lane, 'g.flags'), 'text').map(({ text }) => text)).toEqual(['admit']);
    expect(all(one(lane, 'g.phase.content'), 'text').map(({ text }) => text)).toEqual([
      'changeover · 1 h 59 min',
    ]);
  });

  test('puts phases that overlap into rows of their own', () => {
    const phases = [
      { name: 'wave 1', startSeconds: 0, endSeconds: 3600 },
      { name: 'wave 2', startSeconds: 1800, endSeconds: 5400 },
      { name: 'wave 3', startSeconds: 3600, endSeconds: 7200 },
    ];

    const bars = all(laneOf(pictureOf(aStory({ fleetPhases: phases })), 'Fleet'), 'g.phase');

    const rows = bars.map((bar) => one(bar, 'rect').attributes['y']);
    expect(rows).toEqual([rows[0], rows[0], expect.any(String)]);
    expect(bars.map(titleOf)).toEqual([
      expect.stringMatching(/^wave 1/),
      expect.stringMatching(/^wave 3/),
      expect.stringMatching(/^wave 2/),
    ]);
    expect(rows[2]).not.toBe(rows[0]);
  });

  test('shows below a lane what clients met, and when', () => {
    const clients = [
      { fromSeconds: 0, toSeconds: 3600, view: 'served' },
      { fromSeconds: 3600, toSeconds: 3602, view: 'down' },
      { fromSeconds: 3602, toSeconds: 7200, view: 'incomplete' },
    ] as const;

    const lane = laneOf(pictureOf(aStory({ lanes: [aLane({ clients })] })), 'berlin: rebuilt');

    expect(boxOf(one(lane, 'g.clients.served'))).toEqual(['0%', '50%']);
    expect(boxOf(one(lane, 'g.clients.incomplete'))).toEqual(['50.0278%', '49.9722%']);
    expect(boxOf(one(lane, 'g.clients.down'))).toEqual(['50%', '3']);
    expect(titleOf(one(lane, 'g.clients.down'))).toBe(
      'Clients meet no proxy: day 0 01:00:00 to day 0 01:00:02, 2 s',
    );
  });

  test('marks faults and decisions at their instants, under signs that the list explains', () => {
    const marks = [
      aMark({ atSeconds: 5400, kind: 'decision', text: 'Restore' }),
      aMark({ atSeconds: 1800, kind: 'fault', text: 'Katello is down' }),
    ];
    const story = aStory({ lanes: [aLane({ marks })] });

    const lane = laneOf(pictureOf(story), 'berlin: rebuilt');

    expect(titleOf(one(lane, 'g.pin.fault'))).toBe('F1 · fault at day 0 00:30:00: Katello is down');
    expect(titleOf(one(lane, 'g.pin.decision'))).toBe('1 · decision at day 0 01:30:00: Restore');
    const places = all(lane, 'svg').filter((each) => all(each, 'g.pin').length > 0);
    expect(places.map(({ attributes }) => attributes['x'])).toEqual(['25%', '75%']);
    const list = all(one(parse(renderReport(story)), 'ol.marks'), 'li');
    expect(list.map(({ text }) => text)).toEqual([
      'F1day 0 00:30:00 · faultKatello is down',
      '1day 0 01:30:00 · decisionRestore',
    ]);
  });

  test('joins the signs of marks that would cover each other', () => {
    const marks = [3600, 3610, 3620, 7000].map((atSeconds) => aMark({ atSeconds }));

    const lane = laneOf(pictureOf(aStory({ lanes: [aLane({ marks })] })), 'berlin: rebuilt');

    const pins = all(lane, 'g.pin.fault');
    expect(pins.map((pin) => all(pin, 'text').map(({ text }) => text))).toEqual([
      ['F1–F3'],
      ['F4'],
    ]);
    expect(all(lane, 'line.mark.fault')).toHaveLength(4);
    expect(titleOf(pins[0] as Element).split('\n')).toHaveLength(3);
  });

  test('marks what befell the fleet as a whole on its own lane', () => {
    const events = [
      { atSeconds: 720, proxy: null, kind: 'fault', text: 'Slack answers 503' },
      { atSeconds: 720, proxy: 'berlin', kind: 'fault', text: 'the sync fails' },
      { atSeconds: 720, proxy: null, kind: 'bake-started', text: 'CodeBuild bakes an image' },
    ];

    const lane = laneOf(pictureOf(aStory({ events })), 'Fleet');

    expect(all(lane, 'g.pin').map(titleOf)).toEqual([
      'F1 · fault at day 0 00:12:00: Slack answers 503',
    ]);
  });

  test.each([
    [
      'wide',
      14_400,
      'half an hour apart',
      expect.arrayContaining(['0:00', '0:30', '3:30', '4:00']),
    ],
    ['narrow', 7200, 'an hour apart', ['0 h', '1 h', '2 h']],
    ['narrow', 86_400, 'six hours apart', ['0 h', '6 h', '12 h', '18 h', '24 h']],
    ['wide', 21 * 86_400, 'days apart', expect.arrayContaining(['day 0', 'day 2', 'day 20'])],
  ] as const)('has ticks at round times (%s, %i s: %s)', (variant, virtualSeconds, _, labels) => {
    const picture = pictureOf(aStory({ result: aResult({ virtualSeconds }) }), variant);

    expect(all(picture, 'text.tick').map(({ text }) => text)).toEqual(labels);
  });
});
