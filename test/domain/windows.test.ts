import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWindowOpen, nextOpening } from '../../functions/domain/windows.ts';

type Windows = Parameters<typeof isWindowOpen>[0];

const berlin = (days: Windows['windows'][number]['days'], from: string, to: string): Windows => ({
  timeZone: 'Europe/Berlin',
  windows: [{ days, from, to }],
});
const saturday = berlin(['sat'], '01:00', '05:00');
const overMidnight = berlin(['sat'], '22:00', '04:00');

describe('a maintenance window', () => {
  // Berlin is UTC+2 until 2026-10-25 and UTC+1 after it; 2026-11-07 is a Saturday.
  test.each<[string, Windows, string, boolean]>([
    ['opens at its minute', saturday, '2026-11-07T00:00:00Z', true],
    ['is not open a minute before', saturday, '2026-11-06T23:59:00Z', false],
    ['is open in its last minute', saturday, '2026-11-07T03:59:59Z', true],
    ['closes at its minute', saturday, '2026-11-07T04:00:00Z', false],
    ['is not open on another day', saturday, '2026-11-08T01:00:00Z', false],
    ['follows summer time', saturday, '2026-10-23T23:00:00Z', true],
    ['opens later in UTC once winter time begins', saturday, '2026-10-30T23:00:00Z', false],
    ['over midnight opens on its day', overMidnight, '2026-11-07T21:00:00Z', true],
    ['over midnight stays open on the next day', overMidnight, '2026-11-08T02:59:00Z', true],
    ['over midnight closes on the next day', overMidnight, '2026-11-08T03:00:00Z', false],
    ['over midnight is not open the night before', overMidnight, '2026-11-07T02:00:00Z', false],
    ['over midnight wraps from Saturday to Sunday', overMidnight, '2026-11-07T23:30:00Z', true],
    ['of equal ends lasts a day', berlin(['sat'], '06:00', '06:00'), '2026-11-08T04:59:00Z', true],
    ['of equal ends ends', berlin(['sat'], '06:00', '06:00'), '2026-11-08T05:00:00Z', false],
    [
      'is always open when there is none',
      { timeZone: 'UTC', windows: [] },
      '2026-11-04T12:34:00Z',
      true,
    ],
    [
      'counts days where the proxies are',
      { timeZone: 'Pacific/Auckland', windows: [{ days: ['sat'], from: '01:00', to: '05:00' }] },
      '2026-11-06T13:00:00Z',
      true,
    ],
    [
      'is any of several',
      {
        timeZone: 'UTC',
        windows: [...saturday.windows, { days: ['wed'], from: '12:00', to: '13:00' }],
      },
      '2026-11-04T12:30:00Z',
      true,
    ],
  ])('%s', (_name, windows, instant, isOpen) => {
    expect(isWindowOpen(windows, new Date(instant))).toBe(isOpen);
  });

  test('in the hour that is skipped in spring does not open that day', () => {
    const skipped = berlin(['sun'], '02:00', '03:00');

    const opening = nextOpening(skipped, new Date('2027-03-27T12:00:00Z'), 24);

    expect(opening).toBeNull();
  });

  test('in the hour that comes twice in autumn is open twice', () => {
    const doubled = berlin(['sun'], '02:00', '03:00');
    const hours = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'];

    expect(hours.map((instant) => isWindowOpen(doubled, new Date(instant)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the next opening', () => {
  test.each<[string, string, number, string | null]>([
    ['is now when the window is open', '2026-11-07T01:00:00Z', 24, '2026-11-07T01:00:00.000Z'],
    ['is in the future', '2026-11-06T12:00:00Z', 24, '2026-11-07T00:00:00.000Z'],
    ['keeps to steps of five minutes', '2026-11-07T01:02:03Z', 24, '2026-11-07T01:05:00.000Z'],
    ['is unknown beyond the hours asked for', '2026-11-04T12:00:00Z', 24, null],
  ])('%s', (_name, from, hours, opening) => {
    expect(nextOpening(saturday, new Date(from), hours)?.toISOString() ?? null).toBe(opening);
  });

  test('is an instant at which the window is open, at or after the one asked about', () => {
    const from = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2028-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(from, (instant) => {
        const opening = nextOpening(overMidnight, instant, 12);
        if (opening === null) return;
        expect(opening.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(isWindowOpen(overMidnight, opening)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
