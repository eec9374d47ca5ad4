import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BarPlace, barPlaces } from '../../../sandbox/report/bar-places.ts';
import { type Flag, flagPlaces } from '../../../sandbox/report/flag-places.ts';
import { pins } from '../../../sandbox/report/mark-pins.ts';
import { pixels, type Scale } from '../../../sandbox/report/scale.ts';
import { aMark, phasesFrom } from './a-story.ts';

const scaleOf = (totalSeconds: number, widthPixels: number): Scale => ({
  totalSeconds,
  widthPixels,
});

const boxOf = (scale: Scale, { span, shiftPixels, fixedPixels }: BarPlace) => {
  const left = pixels(scale, span.startSeconds) + shiftPixels;
  return {
    left,
    right: left + (fixedPixels ?? pixels(scale, span.endSeconds - span.startSeconds)),
  };
};

const rebuild = (fillMinutes: number) =>
  phasesFrom(
    1500,
    ['inspect', 1],
    ['launch', 3],
    ['provision', 24],
    ['fill', fillMinutes],
    ['admit', 4],
    ['standby', 6],
    ['changeover', 5],
    ['soak', 15],
    ['retire', 6],
    ['settle', 1],
  );

const widths = [260, 620, 960];
const lengths = fc.array(fc.integer({ min: 0, max: 1440 }), { minLength: 1, maxLength: 14 });
const names = ['inspect', 'launch', 'provision', 'fill', 'changeover'];
const namedPhases = (minutes: readonly number[]) =>
  phasesFrom(0, ...minutes.map((each, index) => [`${names[index % names.length]}`, each] as const));

const crosses = (a: Flag, b: Flag): boolean =>
  (a.row === b.row && a.from < b.to && b.from < a.to) ||
  (a.row > b.row && a.x > b.from && a.x < b.to);

describe('places of bars, flags and pins', () => {
  test.each(widths)('of a day-long sync, each short phase is seen for itself at %i px', (width) => {
    const phases = rebuild(1440);
    const scale = scaleOf(phases.at(-1)?.endSeconds ?? 1, width);

    const short = barPlaces(scale, phases).filter(({ fixedPixels }) => fixedPixels !== null);

    const boxes = short.map((place) => boxOf(scale, place));
    for (const [index, box] of boxes.entries()) {
      expect(box.right - box.left).toBeGreaterThanOrEqual(3);
      expect(box.left).toBeGreaterThanOrEqual((boxes[index - 1]?.right ?? 0) - 0.05);
      expect(box.right).toBeLessThanOrEqual(width + 0.05);
    }
    expect(short.length).toBeGreaterThanOrEqual(6);
  });

  test.each(widths)('of a day-long sync, each phase without room has a flag at %i px', (width) => {
    const phases = rebuild(1440);
    const scale = scaleOf(phases.at(-1)?.endSeconds ?? 1, width);

    const flagged = flagPlaces(scale, barPlaces(scale, phases)).map(({ place }) => place.span.name);

    expect(new Set(flagged)).toEqual(
      new Set(phases.map(({ name }) => name).filter((n) => n !== 'fill')),
    );
  });

  test('no flag covers another or is crossed by the line of one, whatever the phases', () => {
    fc.assert(
      fc.property(lengths, fc.constantFrom(...widths), (minutes, width) => {
        const phases = namedPhases(minutes);
        const scale = scaleOf(Math.max(1, phases.at(-1)?.endSeconds ?? 1), width);
        const flags = flagPlaces(scale, barPlaces(scale, phases));
        const pairs = flags.flatMap((a) =>
          flags.filter((b) => b !== a).map((b) => [a, b] as const),
        );
        return !pairs.some(([a, b]) => crosses(a, b));
      }),
    );
  });

  test('every mark is in exactly one pin, and no pin touches the next, whatever the marks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 25_000 }), { maxLength: 60 }),
        fc.constantFrom(...widths),
        (instants, width) => {
          const scale = scaleOf(25_000, width);
          const sorted = [...instants].sort((a, b) => a - b);
          const marks = sorted.map((atSeconds, index) => ({
            ...aMark({ atSeconds }),
            sign: `F${index + 1}`,
          }));
          const placed = pins(scale, marks);
          expect(placed.flatMap((pin) => pin.marks)).toEqual(marks);
          for (const [index, pin] of placed.slice(1).entries()) {
            const left = placed[index];
            if (left === undefined) continue;
            const distance = pixels(scale, pin.atSeconds - left.atSeconds);
            expect(distance).toBeGreaterThanOrEqual((pin.widthPixels + left.widthPixels) / 2);
          }
        },
      ),
    );
  });
});
