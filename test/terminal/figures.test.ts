import { describe, expect, test } from '@jest/globals';
import { count, duration, elapsedClock } from '../../terminal/figures.ts';

describe('figures', () => {
  test.each([
    [0, 'day 0 00:00:00'],
    [8070.9, 'day 0 02:14:30'],
    [86_399, 'day 0 23:59:59'],
    [21 * 86_400 + 61, 'day 21 00:01:01'],
  ])('%d s after the beginning the clock says %s', (seconds, text) => {
    expect(elapsedClock(seconds)).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h 00 min'],
    [25_320, '7 h 02 min'],
    [86_370, '1 d 0 h'],
    [187_200, '2 d 4 h'],
  ])('%d s last %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test.each([
    [999, '999'],
    [24_960, '24,960'],
    [1_234_567, '1,234,567'],
  ])('%d is written %s', (value, text) => {
    expect(count(value)).toBe(text);
  });
});
