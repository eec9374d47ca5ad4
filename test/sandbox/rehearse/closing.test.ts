import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { closing } from '../../../sandbox/rehearse/closing.ts';
import type { RunResult } from '../../../sandbox/run/story.ts';
import { cellWidth } from '../../../terminal/columns.ts';
import { aProxy, aResult, aStory, phasesFrom } from '../report/a-story.ts';

const closed = (result: Partial<RunResult> = {}, columns = 100, coloured = false): string =>
  closing(aStory({ result: aResult(result) }), {
    coloured,
    columns,
    reportPath: '/tmp/report.html',
  });

const manyPhases = phasesFrom(
  0,
  ...Array.from({ length: 20 }, (_, index) => [`a phase ${index}`, index * 7] as const),
);
const wide: Partial<RunResult> = {
  proxies: [
    aProxy({
      name: 'capsule-frankfurt-am-main-02.prod.example.com',
      outcome: 'not-attempted',
      phases: manyPhases,
      failure: { name: 'SyncFailed', cause: `at ${'x'.repeat(150)} and ${'a word '.repeat(40)}` },
      clientSeconds: { served: 1_814_400, incomplete: 86_400, down: 86_400 },
    }),
  ],
  slack: [
    { atSeconds: 0, text: `已完成 🎉 https://example.com/${'path/'.repeat(40)}\nsecond line` },
  ],
  invariants: {
    checked: 1,
    violations: [{ invariant: 'i'.repeat(60), atSeconds: 1, proxy: null, text: 't '.repeat(90) }],
  },
};

describe('the closing table', () => {
  test('gives outcome, instances, images, the time of each phase and what clients met', () => {
    const clientSeconds = { served: 24_960, incomplete: 60, down: 7 };

    const text = closed({ proxies: [aProxy({ clientSeconds })] });

    expect(text.split('\n').slice(5, 10)).toEqual([
      expect.stringMatching(/^proxy +instance +image +served +incomplete +down$/),
      expect.stringMatching(
        /^berlin +i-0a1b2c3d4e5f60718 +ami-0123456789abcdef0 +6 h 56 min +1 min +7 s$/,
      ),
      expect.stringMatching(/^✔ rebuilt +→ i-0f9e8d7c6b5a40312 \* +→ ami-0fedcba9876543210$/),
      '    phases: inspect 1 min · launch 24 min · fill 1 h 00 min · retire 5 min',
      '',
    ]);
  });

  test('marks the incumbent where it still serves, and names the failure', () => {
    const text = closed({
      proxies: [
        aProxy({
          outcome: 'rolled-back',
          serving: 'i-0a1b2c3d4e5f60718',
          failure: { name: 'SyncPaused', cause: 'Task 7 waits' },
        }),
      ],
    });

    expect(text).toContain('i-0a1b2c3d4e5f60718 *');
    expect(text).not.toContain('i-0f9e8d7c6b5a40312 *');
    expect(text).toContain('    SyncPaused: Task 7 waits\n');
  });

  test('ends with Slack, image, invariants, cost and the path of the report', () => {
    const text = closed();

    expect(text).toContain(
      'Succeeded: 1 of 1 proxy rebuilt in 2 h 00 min of virtual time (seed 1)',
    );
    expect(text).toContain('day 0 01:40:00  berlin is rebuilt');
    expect(text).toContain('Image       ami-0fedcba9876543210 promoted');
    expect(text).toContain('Invariants  1,234 checks, no violation');
    expect(text).toContain(
      'Cost        210 state transitions · 180 function invocations · 640 AWS calls · 95 Katello calls',
    );
    expect(text.endsWith('Report      /tmp/report.html\n')).toBe(true);
  });

  test('tells each violation', () => {
    const violation = { invariant: 'One lock', atSeconds: 61, proxy: 'bonn', text: 'two rebuilds' };

    const text = closed({ invariants: { checked: 3, violations: [violation] } });

    expect(text).toContain('3 checks, 1 VIOLATION');
    expect(text).toContain('✖ day 0 00:01:01  bonn: One lock: two rebuilds');
  });

  test('says so when no message was sent and no image was made', () => {
    const text = closed({ slack: [], image: { candidate: null, promoted: null } });

    expect(text).toMatch(/── Slack ─+\nnone\n/);
    expect(text).toContain('Image       no candidate image');
  });

  test.each([80, 100, 120])(
    'keeps wide content within %i columns, and loses none of it',
    (columns) => {
      const text = closed(wide, columns);

      expect(Math.max(...text.split('\n').map(cellWidth))).toBeLessThanOrEqual(columns);
      const bare = text.replaceAll(/\s/g, '');
      expect(bare).toContain('x'.repeat(150));
      expect(bare).toContain('path/'.repeat(40));
      expect(bare).toContain('aphase192h13min');
      expect(text).toContain('21 d 0 h');
    },
  );

  test('shows instance and image ids whole from 100 columns on', () => {
    const text = closed(wide, 100);

    expect(text).toContain('i-0a1b2c3d4e5f60718');
    expect(text).toContain('ami-0fedcba9876543210');
  });

  test('says the same with and without colours', () => {
    const coloured = closed(wide, 100, true);

    expect(coloured).not.toBe(closed(wide, 100));
    expect(stripVTControlCharacters(coloured)).toBe(closed(wide, 100));
  });
});
