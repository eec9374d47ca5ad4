import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { measureStarts, type Start, startMs, startUpTable } from '../../infra/bundling/start-up.ts';

const start = (name: string, file: string | null = null): Start => ({ name, modules: [], file });

/** Each start takes its own time, on a machine that is slower in some rounds than in others. */
const onUnevenMachine = (own: Readonly<Record<string, number>>, slowness: readonly number[]) => {
  const rounds = new Map<string, number>();
  return ({ name }: Start): number => {
    const round = rounds.get(name) ?? 0;
    rounds.set(name, round + 1);
    return (own[name] ?? 0) * (slowness[round] ?? 0);
  };
};

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'start-')), 'index.cjs');
  writeFileSync(file, text);
  return file;
};

describe('the start-up of functions', () => {
  const starts = [start('runtime'), start('empty'), start('step')];

  test('is compared with its yardsticks round by round, after one that does not count', () => {
    const measure = onUnevenMachine({ runtime: 40, empty: 20, step: 100 }, [90, 1, 5, 2]);

    expect(measureStarts(starts, 3, measure)).toEqual([
      { name: 'runtime', kilobytes: 0, ms: 80, ratios: [1, 2] },
      { name: 'empty', kilobytes: 0, ms: 40, ratios: [0.5, 1] },
      { name: 'step', kilobytes: 0, ms: 200, ratios: [2.5, 5] },
    ]);
  });

  test('is a table for the documentation', () => {
    const measured = [{ name: 'step', kilobytes: 334.4, ms: 99.6, ratios: [2.46, 3] } as const];

    expect(startUpTable(measured).split('\n').at(-1)).toBe('| step | 334 | 100 | 2.5 | 3.0 |');
  });

  test('is the time on the CPU of a process that loads the file', () => {
    const busy = fileWith('for (const end = Date.now() + 300; Date.now() < end; );');

    expect(startMs(start('busy', busy))).toBeGreaterThan(startMs(start('idle')));
  });

  test('of a file that does not load is an error', () => {
    expect(() => startMs(start('broken', fileWith('throw new Error("broken")')))).toThrow('broken');
  });
});
