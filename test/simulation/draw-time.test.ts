import { describe, expect, test } from '@jest/globals';
import { Random } from '../../sandbox/kernel/random.ts';
import { drawCalendar, drawIncumbents, drawStartAt } from '../../sandbox/simulate/draw-time.ts';

const seeds = Array.from({ length: 400 }, (_, seed) => seed);
const hourMs = 3_600_000;

const zone = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  timeZoneName: 'longOffset',
});
const offsetAt = (at: number): string =>
  zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';

describe('the beginning of a run', () => {
  const starts = seeds.map((seed) => drawStartAt(new Random(seed), 'Europe/Berlin'));

  test('is the same for the same seed', () => {
    expect(drawStartAt(new Random(7), 'Europe/Berlin')).toEqual(starts[7]);
  });

  test('is often in the half day before a clock change, in spring and in autumn', () => {
    const before = starts.filter(
      (at) => offsetAt(at.getTime()) !== offsetAt(at.getTime() + 13 * hourMs),
    );
    const months = new Set(before.map((at) => at.getUTCMonth()));

    expect(before.length).toBeGreaterThan(40);
    expect([...months].sort()).toEqual([2, 9]);
  });

  test.each([
    ['a leap day', '02-28'],
    ["a year's end", '12-31'],
  ])('is often before %s', (_, day) => {
    expect(starts.filter((at) => at.toISOString().slice(5, 10) === day).length).toBeGreaterThan(20);
  });

  test('is any moment where clocks never change', () => {
    expect(Number.isNaN(drawStartAt(new Random(1), 'Asia/Kolkata').getTime())).toBe(false);
  });
});

test('a few fleets have maintenance windows of at least an hour and a half', () => {
  const windows = seeds.flatMap((seed) => drawCalendar(new Random(seed)).windows);

  expect(windows.length).toBeGreaterThan(60);
  expect(windows.length).toBeLessThan(140);
  for (const { from, to } of windows) expect([from, to].join()).toMatch(/^\d\d:\d\d,\d\d:\d\d$/);
});

test('instances are of all ages, each verified since it was launched', () => {
  const drawn = seeds.map((seed) => drawIncumbents(new Random(seed), ['north'])('north'));
  const ages = drawn.map(({ ageDays }) => ageDays);

  expect(ages.filter((days) => days < 18).length).toBeGreaterThan(40);
  expect(ages.filter((days) => days > 22.5).length).toBeGreaterThan(5);
  for (const { ageDays, verifiedDaysAgo } of drawn)
    expect(verifiedDaysAgo).toBeLessThanOrEqual(ageDays);
});
