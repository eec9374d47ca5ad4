import { describe, expect, test } from '@jest/globals';
import { judgeAge } from '../../functions/domain/due.ts';
import { aFleet } from './a-fleet.ts';

// 2026-11-04 is a Wednesday; the window opens on Saturday, three and a half days later.
const now = new Date('2026-11-04T12:00:00Z');
const always = aFleet().cycle;
const onSaturdays = aFleet({
  cycle: { windows: [{ days: ['sat'], from: '00:00', to: '06:00' }] },
}).cycle;
const tonight = aFleet({
  cycle: { windows: [{ days: ['thu'], from: '01:00', to: '06:00' }] },
}).cycle;

const hours = 3600;
const judge = (cycle: typeof always, ageDays: number, expectedSeconds = 6 * hours) =>
  judgeAge(
    cycle,
    {
      name: 'berlin',
      launchedAt: new Date(now.getTime() - ageDays * 24 * hours * 1000),
      expectedSeconds,
      leftBehind: null,
      certificateExpiresAt: null,
      isBeingRebuilt: false,
    },
    now,
  );

describe('a proxy', () => {
  test.each<[string, typeof always, number, number, string]>([
    ['that is new is not due', always, 1, 6, 'later'],
    ['just below the soft limit is not due', always, 17.9, 6, 'later'],
    ['at the soft limit is due', always, 18, 6, 'now'],
    ['past the hard limit is due', always, 30, 6, 'now'],
    ['waits for a window that opens before the next sweep', tonight, 18.1, 6, 'in-window'],
    ['waits for a later sweep when the window is days away', onSaturdays, 18.1, 6, 'later'],
    ['goes without a window when the next sweep would be too late', onSaturdays, 19.9, 6, 'now'],
    ['goes earlier the longer its rebuild takes', onSaturdays, 18.6, 24, 'now'],
    ['of a long rebuild still waits for a window in time', tonight, 18.1, 24, 'in-window'],
    ['goes without a window that opens too late', tonight, 20.2, 12, 'now'],
    ['goes below the soft limit when it could not end in time later', always, 17.9, 40, 'now'],
    ['below the soft limit still waits for a window in time', tonight, 17.9, 40, 'in-window'],
  ])('%s', (_name, cycle, ageDays, expectedHours, due) => {
    expect(judge(cycle, ageDays, expectedHours * hours).due).toBe(due);
  });

  test('on which nothing serves is due at once', () => {
    const nothing = {
      name: 'berlin',
      launchedAt: null,
      expectedSeconds: 0,
      leftBehind: null,
      certificateExpiresAt: null,
      isBeingRebuilt: false,
    };

    expect(judgeAge(onSaturdays, nothing, now)).toEqual({
      name: 'berlin',
      due: 'now',
      why: 'has no instance',
      startBy: now,
    });
  });

  test('on which something was left behind is due at once, however young it is', () => {
    const young = {
      name: 'berlin',
      launchedAt: now,
      expectedSeconds: 0,
      leftBehind: 'interrupted',
      certificateExpiresAt: null,
      isBeingRebuilt: false,
    };

    expect(judgeAge(onSaturdays, young, now)).toMatchObject({ due: 'now', why: 'interrupted' });
  });

  test('must start half a rebuild more than one rebuild before the limit', () => {
    const { startBy } = judge(always, 0, 8 * hours);

    expect(startBy?.toISOString()).toBe('2026-11-25T00:00:00.000Z');
  });

  test.each<[string, number, string]>([
    ['is not due', 3, '3.0 days old, due from day 18'],
    [
      'goes without a window',
      20.5,
      '20.5 days old, and no maintenance window opens in time for the limit of 21 days',
    ],
    ['waits', 18.5, '18.5 days old, waiting for a maintenance window'],
  ])('says why it %s', (_name, ageDays, why) => {
    expect(judge(onSaturdays, ageDays).why).toBe(why);
  });

  test.each([
    // 21 days and a week from now.
    [
      '2026-12-02T11:59:59Z',
      '1.0 days old, due from day 18; its certificates expire on 2026-12-02: ',
    ],
    ['2026-12-02T12:00:00Z', '1.0 days old, due from day 18'],
  ])('with certificates until %s: %s', (certificateExpiresAt, words) => {
    const launchedAt = new Date(now.getTime() - 24 * hours * 1000);
    const rest = { expectedSeconds: 6 * hours, leftBehind: null, isBeingRebuilt: false };
    const proxy = { name: 'berlin', launchedAt, certificateExpiresAt, ...rest };
    const { why } = judgeAge(always, proxy, now);

    expect(why).toBe(
      words.endsWith(': ') ? `${words}its next rebuild needs a new certs.tar` : words,
    );
  });
});
