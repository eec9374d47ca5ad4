import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { median, nextLookSeconds, type Pace } from '../../functions/domain/pacing.ts';

/** Looks as the state machine does, until the phase is over; how many there were and how late the last came. */
const follow = (
  durationSeconds: number,
  expectedSeconds: number | null,
  progressAt: (elapsedSeconds: number) => number | undefined = () => undefined,
): { readonly looks: number; readonly lateSeconds: number } => {
  let elapsedSeconds = 0;
  let looks = 1;
  while (elapsedSeconds < durationSeconds) {
    const progress = progressAt(elapsedSeconds);
    elapsedSeconds += nextLookSeconds({ elapsedSeconds, expectedSeconds, progress });
    looks += 1;
  }
  return { looks, lateSeconds: elapsedSeconds - durationSeconds };
};

const hours = 3600;
const allowedSeconds = (durationSeconds: number): number => Math.max(60, durationSeconds * 0.03);

const elapsed = fc.integer({ min: 0, max: 60 * hours });
const expected = fc.option(fc.integer({ min: 0, max: 60 * hours }));
const progress = fc.option(fc.double({ min: -1, max: 2, noNaN: true }), { nil: undefined });
const pace = fc.record({ elapsedSeconds: elapsed, expectedSeconds: expected, progress });

describe('the next look', () => {
  test.each<[string, Pace, number]>([
    ['is soon when nothing is known', { elapsedSeconds: 0, expectedSeconds: null }, 50],
    ['is rarer the longer it takes', { elapsedSeconds: 10_000, expectedSeconds: null }, 240],
    [
      'comes when it may end for the first time',
      { elapsedSeconds: 0, expectedSeconds: 4000 },
      3400,
    ],
    ['is soon when the end may be near', { elapsedSeconds: 3400, expectedSeconds: 4000 }, 82],
    ['is at the latest in an hour', { elapsedSeconds: 0, expectedSeconds: 36 * hours }, 3600],
    [
      'believes progress that runs ahead of the past',
      { elapsedSeconds: 1000, expectedSeconds: 8000, progress: 0.9 },
      56,
    ],
    [
      'trusts progress little without a past to compare with',
      { elapsedSeconds: 1000, expectedSeconds: null, progress: 0.5 },
      100,
    ],
    [
      'ignores progress that has hardly begun',
      { elapsedSeconds: 0, expectedSeconds: 4000, progress: 0.01 },
      3400,
    ],
  ])('%s', (_name, given, seconds) => {
    expect(nextLookSeconds(given)).toBe(seconds);
  });

  test('is always a whole number of seconds between 50 seconds and an hour', () => {
    fc.assert(
      fc.property(pace, (given) => {
        const seconds = nextLookSeconds(given);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(50);
        expect(seconds).toBeLessThanOrEqual(3600);
      }),
    );
  });

  test('does not come sooner because past rebuilds took longer', () => {
    fc.assert(
      fc.property(elapsed, fc.nat(60 * hours), fc.nat(20 * hours), (elapsedSeconds, past, more) => {
        const sooner = nextLookSeconds({ elapsedSeconds, expectedSeconds: past });
        const later = nextLookSeconds({ elapsedSeconds, expectedSeconds: past + more });
        expect(later).toBeGreaterThanOrEqual(sooner);
      }),
    );
  });

  test('does not come later because more is done', () => {
    fc.assert(
      fc.property(
        elapsed,
        expected,
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (elapsedSeconds, expectedSeconds, done, share) => {
          const more = done + (1 - done) * share;
          const later = nextLookSeconds({ elapsedSeconds, expectedSeconds, progress: done });
          const sooner = nextLookSeconds({ elapsedSeconds, expectedSeconds, progress: more });
          expect(sooner).toBeLessThanOrEqual(later);
        },
      ),
    );
  });
});

describe('following a phase to its end', () => {
  test('notices the end within 3 % or a minute when it takes about as long as before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 40 * hours }),
        fc.double({ min: 0.86, max: 1.5, noNaN: true }),
        (expectedSeconds, share) => {
          const duration = expectedSeconds * share;
          expect(follow(duration, expectedSeconds).lateSeconds).toBeLessThanOrEqual(
            allowedSeconds(duration),
          );
        },
      ),
    );
  });

  test('notices the end of a first time within 3 % or a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * hours }), (duration) => {
        expect(follow(duration, null).lateSeconds).toBeLessThanOrEqual(allowedSeconds(duration));
      }),
    );
  });

  test.each([
    ['half a day, as before', 12 * hours, 12 * hours, 20],
    ['a day and a half, as before', 36 * hours, 36 * hours, 60],
    ['an hour, as before', hours, hours, 10],
    ['half a day, for the first time', 12 * hours, null, 220],
  ])('needs few looks for %s', (_name, duration, expectedSeconds, looksMax) => {
    expect(follow(duration, expectedSeconds).looks).toBeLessThanOrEqual(looksMax);
  });

  test('saves looks when progress is reported for the first time', () => {
    const duration = 12 * hours;

    const told = follow(duration, null, (seconds) => seconds / duration);

    expect(told.looks).toBeLessThan(follow(duration, null).looks / 2);
    expect(told.lateSeconds).toBeLessThanOrEqual(allowedSeconds(duration));
  });
});

describe('the median', () => {
  test.each<[readonly number[], number | null]>([
    [[], null],
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2],
  ])('of %j is %j', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});
