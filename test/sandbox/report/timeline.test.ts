import { describe, expect, test } from '@jest/globals';
import { renderReport } from '../../../sandbox/report/html.ts';
import type { Story } from '../../../sandbox/run/story.ts';
import { aLane, aMark, aResult, aStory, phasesFrom } from './a-story.ts';
import { all, type Element, one, parse } from './parse.ts';

/** The table of a proxy, or of the fleet, by what its head says. */
const laneOf = (story: Story, head: string): Element => {
  const lanes = all(parse(renderReport(story)), 'table.lane');
  const found = lanes.find((lane) => all(lane, 'th')[0]?.text === head);
  if (found === undefined) throw new Error(`no lane ${head}`);
  return found;
};
const berlinOf = (lane: Story['lanes'][number]): Element =>
  laneOf(aStory({ lanes: [lane] }), 'berlin rebuilt');

const rowsOf = (lane: Element): readonly Element[] => all(one(lane, 'tbody'), 'tr');
const rowOf = (lane: Element, name: string): Element => {
  const found = rowsOf(lane).find((row) => one(row, 'th').text === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};

/** Name, beginning and length, as they are written. */
const wordsOf = (row: Element): readonly string[] =>
  [one(row, 'th'), one(row, 'td.clock'), one(row, 'td.took')].map(({ text }) => text);
const titlesIn = (row: Element): readonly string[] => all(row, 'title').map(({ text }) => text);
const placesIn = (row: Element, kind: string): readonly (string | undefined)[][] =>
  all(row, kind).map((bar) => {
    const { attributes } = one(bar, 'rect');
    return [attributes['x'], attributes['width']];
  });

describe('the timeline', () => {
  test('has a row for each phase of each lane, with its bar at its place', () => {
    const lane = aLane({ phases: phasesFrom(1800, ['fill', 60], ['soak', 30]) });

    const berlin = berlinOf(lane);

    expect(rowsOf(berlin).slice(1).map(wordsOf)).toEqual([
      ['fill', 'day 0 00:30:00', '1 h 00 min'],
      ['soak', 'day 0 01:30:00', '30 min'],
    ]);
    expect(placesIn(rowOf(berlin, 'fill'), 'g.phase.content')).toEqual([['25%', '50%']]);
    expect(placesIn(rowOf(berlin, 'soak'), 'g.phase.soak')).toEqual([['75%', '25%']]);
    expect(titlesIn(rowOf(berlin, 'soak'))).toEqual([
      'soak: day 0 01:30:00 to day 0 02:00:00, 30 min',
    ]);
    expect(placesIn(rowOf(laneOf(aStory(), 'Fleet'), 'bake'), 'g.phase')).toEqual([
      ['0%', '8.3333%'],
    ]);
  });

  test('has a row for each reason to wait, with the time that it took', () => {
    const reason = "Katello's sync is running";
    const waits = [
      { reason, startSeconds: 2000, endSeconds: 2600 },
      { reason: 'the first boot is running', startSeconds: 1900, endSeconds: 2000 },
      { reason, startSeconds: 3000, endSeconds: 3600 },
    ];

    const berlin = berlinOf(aLane({ phases: phasesFrom(1800, ['fill', 60]), waits }));

    expect(rowsOf(berlin).slice(1).map(wordsOf)).toEqual([
      ['fill', 'day 0 00:30:00', '1 h 00 min'],
      ['wait the first boot is running', 'day 0 00:31:40', '1 min 40 s'],
      [`wait ${reason}`, 'day 0 00:33:20', '20 min, 2 times'],
    ]);
    expect(titlesIn(rowOf(berlin, `wait ${reason}`))).toEqual([
      `${reason}: day 0 00:33:20 to day 0 00:43:20, 10 min`,
      `${reason}: day 0 00:50:00 to day 0 01:00:00, 10 min`,
    ]);
  });

  test('draws a phase of a second as wide as can be seen', () => {
    const phases = [{ name: 'inspect', startSeconds: 3600, endSeconds: 3601 }];

    const row = rowOf(berlinOf(aLane({ phases })), 'inspect');

    expect(placesIn(row, 'g.phase')).toEqual([['50%', '0.6%']]);
    expect(wordsOf(row)[2]).toBe('1 s');
  });

  test('shows in one row a phase that came more than once, and how long it took in all', () => {
    const phases = phasesFrom(0, ['launch', 10], ['rollback', 5], ['launch', 20]);

    const berlin = berlinOf(aLane({ phases }));

    expect(rowsOf(berlin).slice(1).map(wordsOf)).toEqual([
      ['launch', 'day 0 00:00:00', '30 min, 2 times'],
      ['rollback', 'day 0 00:10:00', '5 min'],
    ]);
    expect(placesIn(rowOf(berlin, 'launch'), 'g.phase')).toHaveLength(2);
    expect(titlesIn(rowOf(berlin, 'launch'))).toEqual([
      'launch: day 0 00:00:00 to day 0 00:10:00, 10 min',
      'launch: day 0 00:15:00 to day 0 00:35:00, 20 min',
    ]);
  });

  test('shows first what clients met, and when', () => {
    const clients = [
      { fromSeconds: 0, toSeconds: 3600, view: 'served' },
      { fromSeconds: 3600, toSeconds: 3602, view: 'down' },
      { fromSeconds: 3602, toSeconds: 7200, view: 'incomplete' },
    ] as const;

    const [row] = rowsOf(berlinOf(aLane({ clients })));

    if (row === undefined) throw new Error('a lane with clients has a row of them');
    expect(one(row, 'th').text).toBe('Clients: down 2 s, incomplete 59 min 58 s');
    expect(placesIn(row, 'g.clients.served')).toEqual([['0%', '50%']]);
    expect(placesIn(row, 'g.clients.incomplete')).toEqual([['50.0278%', '49.9722%']]);
    expect(placesIn(row, 'g.clients.down')).toEqual([['50%', '0.6%']]);
    expect(titlesIn(row)).toContain(
      'Outage: no proxy serves: day 0 01:00:00 to day 0 01:00:02, 2 s',
    );
  });

  test('says when clients were served all the time', () => {
    const [row] = rowsOf(berlinOf(aLane()));

    expect(row?.children[0]?.text).toBe('Clients: served');
  });

  test('has faults and decisions between the phases, in the order in which they came', () => {
    const lane = aLane({
      phases: phasesFrom(600, ['fill', 60], ['rollback', 20]),
      marks: [
        aMark({ atSeconds: 4200, kind: 'decision', text: 'starts the rollback' }),
        aMark({ atSeconds: 1800, kind: 'fault', text: 'Katello is down' }),
        aMark({ atSeconds: 3600, kind: 'fault', text: 'Katello is down' }),
      ],
    });

    const berlin = berlinOf(lane);

    expect(rowsOf(berlin).slice(1).map(wordsOf)).toEqual([
      ['fill', 'day 0 00:10:00', '1 h 00 min'],
      ['fault Katello is down', 'day 0 00:30:00', '2 times'],
      ['rollback', 'day 0 01:10:00', '20 min'],
      ['decision starts the rollback', 'day 0 01:10:00', ''],
    ]);
    const fault = rowOf(berlin, 'fault Katello is down');
    const lines = all(fault, 'g.mark.fault').map((mark) => one(mark, 'line').attributes['x1']);
    expect(lines).toEqual(['25%', '50%']);
    expect(titlesIn(fault)).toEqual([
      'fault at day 0 00:30:00: Katello is down',
      'fault at day 0 01:00:00: Katello is down',
    ]);
  });

  test('shows faults of the whole fleet on its own lane', () => {
    const events = [
      { atSeconds: 720, proxy: null, kind: 'fault', text: 'Slack answers with 503' },
      { atSeconds: 720, proxy: 'berlin', kind: 'fault', text: 'the sync fails' },
      { atSeconds: 720, proxy: null, kind: 'bake-started', text: 'image bake started' },
    ];

    const fleet = laneOf(aStory({ events }), 'Fleet');

    expect(rowsOf(fleet).map((row) => one(row, 'th').text)).toEqual([
      'bake',
      'fault Slack answers with 503',
    ]);
  });

  test.each([
    [5400, ['0:00', '0:15', '0:30', '0:45', '1:00', '1:15', '1:30']],
    [14_400, ['0 h', '1 h', '2 h', '3 h', '4 h']],
    [86_400, ['0 h', '6 h', '12 h', '18 h', '24 h']],
    [21 * 86_400, ['day 0', 'day 7', 'day 14', 'day 21']],
  ])('has ticks at round times (%i s: %j)', (virtualSeconds, labels) => {
    const clients = [{ fromSeconds: 0, toSeconds: 1, view: 'served' }] as const;
    const lanes = [aLane({ phases: [], clients })];

    const result = aResult({ virtualSeconds });
    const ticks = all(laneOf(aStory({ result, lanes }), 'berlin rebuilt'), 'text.tick');

    expect(ticks.map(({ text }) => text)).toEqual(labels);
    expect(ticks[0]?.attributes['text-anchor']).toBe('start');
  });

  test('draws a grid whose lines stand at the ticks', () => {
    const page = parse(renderReport(aStory()));

    const grid = all(page, 'pattern').find(({ attributes }) => attributes['id'] === 'grid');
    const [, second] = all(page, 'text.tick');
    const width = Number(grid?.attributes['width']) * 100;
    expect(width).toBeGreaterThan(0);
    expect(Number.parseFloat(second?.attributes['x'] ?? '')).toBeCloseTo(width, 3);
  });
});
