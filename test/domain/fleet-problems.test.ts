import { describe, expect, test } from '@jest/globals';
import type { Cycle } from '../../functions/domain/cycle.ts';
import { soundParts } from '../../functions/domain/fleet-problems/sound-fleet.ts';
import { fleetProblems } from '../../functions/domain/fleet-problems.ts';

type Window = Cycle['windows'][number];

const aWindow = (days: Window['days'], from = '20:00', to = '06:00'): Window => ({
  days,
  from,
  to,
});

const windowsFit = (daysBetweenLimits: number, ...windows: readonly Window[]): boolean =>
  fleetProblems({
    cycle: { limitDays: 21, softLimitDays: 21 - daysBetweenLimits, windows: [...windows] },
  }).length === 0;

describe('windows', () => {
  // biome-ignore format: one line a case.
  const cases: readonly [what: string, daysBetweenLimits: number, windows: Window[], fits: boolean][] = [
    ['none, which means always',       1, [], true],
    ['every night',                    1, [aWindow(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'])], true],
    ['one a week, six days apart',     6, [aWindow(['sat'], '00:00', '00:00')], true],
    ['one a week, more than six days', 6, [aWindow(['sat'])], false],
    ['one a week, in a week',          7, [aWindow(['sat'])], true],
    ['weekends',                       5, [aWindow(['sat', 'sun'])], false],
    ['long weekends',                  5, [aWindow(['fri', 'sat', 'sun'])], true],
    ['two parts of one night',         6, [aWindow(['sat'], '20:00', '00:00'), aWindow(['sun'], '00:00', '20:00')], true],
    ['a long one over a short one',    2, [aWindow(['mon', 'wed', 'sat'], '00:00', '00:00'), aWindow(['wed'], '01:00', '02:00')], true],
  ];

  test.each(cases)('%s, with %d days between the limits', (_, days, windows, fits) => {
    expect(windowsFit(days, ...windows)).toBe(fits);
  });

  test('that no soft limit can fit are not answered with an impossible one', () => {
    const problems = fleetProblems({
      cycle: { limitDays: 5, softLimitDays: 4, windows: [aWindow(['sat'])] },
    });

    expect(problems.map(({ text }) => text)).toEqual([
      'leave up to 7 days without an open window, but limitDays (5) - softLimitDays (4) is only 1: add windows',
    ]);
  });
});

test('a repeated feature that loses data is reported as lost once', () => {
  const proxies = [
    { features: ['pulpcore' as const, 'dns' as const, 'dns' as const], persisted: {} },
  ];

  expect(fleetProblems({ proxies }).map(({ path }) => path.join('.'))).toEqual([
    'proxies.0.features.2',
    'proxies.0.persisted.dns',
  ]);
});

describe('the sound parts of a fleet', () => {
  const input = {
    fleet: 'europe',
    cycle: { limitDays: 'many', canary: 'north' },
    proxies: [{ name: 'north', features: 'all' }, true, { name: 'south' }],
  };

  test('lack what is malformed, without a default in its place', () => {
    const sound = soundParts(input, [
      ['cycle', 'limitDays'],
      ['proxies', 0, 'features'],
      ['proxies', 1],
    ]);

    expect(sound.cycle).not.toHaveProperty('limitDays');
    expect(sound.cycle?.canary).toBe('north');
    expect(sound.proxies?.map(({ name }) => name)).toEqual(['north', undefined, 'south']);
    expect(sound.proxies?.[0]).not.toHaveProperty('features');
  });

  test('lack a section in which a key is not known', () => {
    const sound = soundParts({ cycle: { canary: 'north', sofLimitDays: 3 } }, [
      ['cycle', 'sofLimitDays'],
    ]);

    expect(sound).not.toHaveProperty('cycle');
  });

  test.each([null, 'text', 7, []])('are none in %j', (nothing) => {
    expect(fleetProblems(soundParts(nothing, [[]]))).toEqual([]);
  });

  test('leave what they are taken from as it was', () => {
    const before = structuredClone(input);

    soundParts(input, [['cycle'], ['proxies', 1]]);

    expect(input).toEqual(before);
  });
});
