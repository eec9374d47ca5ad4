import { describe, expect, test } from '@jest/globals';
import { Narrator } from '../../terminal/narrator.ts';
import type { StoryEvent } from '../../terminal/story-event.ts';
import { type TextStream, usesColours } from '../../terminal/stream.ts';
import { aStream } from './a-stream.ts';

const anEvent = (overrides: Partial<StoryEvent> = {}): StoryEvent => ({
  atSeconds: 8070,
  proxy: 'berlin',
  kind: 'instance-launched',
  text: 'Auto Scaling has launched i-1',
  ...overrides,
});

interface Setting {
  readonly proxies?: readonly string[];
  readonly coloured?: boolean;
  readonly stream?: Omit<TextStream, 'write'>;
}

const narrated = (events: readonly Partial<StoryEvent>[], setting: Setting = {}) => {
  const { stream, lines } = aStream(setting.stream);
  const narrator = new Narrator(stream, {
    proxies: setting.proxies ?? ['berlin', 'bonn'],
    coloured: setting.coloured ?? false,
  });
  for (const event of events) narrator.tell(anEvent(event));
  return lines();
};

const progress = (...percents: readonly number[]): readonly Partial<StoryEvent>[] =>
  percents.map((percent, index) => ({
    atSeconds: index * 60,
    kind: 'sync-progress',
    text: `Synchronize smart proxy 'berlin': ${percent} %`,
  }));

describe('the narration', () => {
  test('gives clock, proxy and text of each event, one under the other', () => {
    expect(narrated([{}, { proxy: 'bonn', atSeconds: 90_000 }, { proxy: null }])).toEqual([
      'day 0 02:14:30  berlin    Auto Scaling has launched i-1',
      'day 1 01:00:00  bonn      Auto Scaling has launched i-1',
      'day 0 02:14:30  fleet     Auto Scaling has launched i-1',
    ]);
  });

  test('says without colours too what is a phase, a fault, a decision or a violation', () => {
    const kinds = ['phase', 'fault', 'decision', 'violation', 'failed', 'done'];

    const lines = narrated(kinds.map((kind) => ({ kind, text: 'x' })));

    expect(lines.map((line) => line.slice('day 0 02:14:30  berlin  '.length))).toEqual([
      '▶ x',
      '✖ FAULT: x',
      '◆ x',
      '✖ INVARIANT VIOLATED: x',
      '✖ x',
      '✔ x',
    ]);
  });

  test('leaves out what is not worth telling', () => {
    expect(narrated([{ text: '' }, { text: '  ' }])).toEqual([]);
  });

  test('shows the progress of a sync as a bar', () => {
    expect(narrated(progress(28))).toEqual([
      'day 0 00:00:00  berlin    sync [██████░░░░░░░░░░░░░░]  28 %',
    ]);
  });

  test('tells of progress at each tenth and at the end, not of each report', () => {
    const all = Array.from({ length: 101 }, (_, percent) => percent);

    const told = narrated(progress(...all, 100, 100)).map((line) => line.match(/(\d+) %/)?.[1]);

    expect(told).toEqual(['0', '10', '20', '30', '40', '50', '60', '70', '80', '90', '100']);
  });

  test('tells when progress falls, since Katello found more to do', () => {
    expect(narrated(progress(38, 39, 21))).toEqual([
      expect.stringContaining(' 38 %'),
      expect.stringContaining(' 21 %  (Katello found more to do)'),
    ]);
  });

  test('gives a sign of life when a sync stands still for hours', () => {
    const still = [0, 3600, 7199, 7200].map((atSeconds) => ({ ...progress(50)[0], atSeconds }));

    expect(narrated(still)).toHaveLength(2);
  });

  test('begins the progress again with each phase, and keeps that of each proxy apart', () => {
    const lines = narrated([
      ...progress(90),
      { kind: 'phase', text: 'changeover' },
      ...progress(5),
      ...progress(6).map((event) => ({ ...event, proxy: 'bonn' })),
    ]);

    expect(lines).toHaveLength(4);
    expect(lines[2]).not.toContain('found more');
  });

  test('folds at the width of a terminal, under the text', () => {
    const text = 'one two three four five six seven eight nine ten';

    const lines = narrated([{ text }], { stream: { columns: 60 } });

    expect(lines).toEqual(
      [
        'day 0 02:14:30  berlin    one two three four five six seven',
        '                          eight nine ten',
      ].map((line) => expect.stringMatching(new RegExp(`^${line.slice(0, 30)}`))),
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(text);
  });

  test('keeps the lines of a pipe whole', () => {
    expect(narrated([{ text: 'word '.repeat(80) }])).toHaveLength(1);
  });

  test('gives each proxy a colour of its own that it keeps, whoever speaks first', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    const colourOf = (line: string | undefined) => line?.match(/\u001b\[(\d+)mb\w+/)?.[1];
    const setting = { coloured: true };

    const [berlin, bonn] = narrated([{}, { proxy: 'bonn' }], setting).map(colourOf);
    const [bonnAgain, berlinAgain] = narrated([{ proxy: 'bonn' }, {}], setting).map(colourOf);

    expect(berlin).toMatch(/\d+/);
    expect(bonn).not.toBe(berlin);
    expect([berlinAgain, bonnAgain]).toEqual([berlin, bonn]);
  });

  test('lets no text colour, move or reorder what the terminal shows', () => {
    const [line] = narrated([{ text: 'a\u001b[2Jb\u001b]0;c\u0007d\re\u202ef' }]);

    expect(line).toBe('day 0 02:14:30  berlin    abdef');
  });

  test('shortens a long name, so that the texts still form one column', () => {
    const proxy = 'capsule-frankfurt-am-main.prod.example.com';

    const lines = narrated([{ proxy }, { proxy: 'x' }], { proxies: [proxy, 'x'] });

    expect(lines.map((line) => line.indexOf('Auto Scaling'))).toEqual([44, 44]);
    expect(lines[0]).toContain('capsule-fran…');
  });

  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [false, {}, false],
  ])('a terminal (%s) with the environment %j has colours: %s', (isTTY, environment, coloured) => {
    expect(usesColours(aStream({ isTTY }).stream, environment)).toBe(coloured);
  });
});
