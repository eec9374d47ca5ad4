import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import { FaultEngine } from '../../../sandbox/faults/engine.ts';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import { Kernel } from '../../../sandbox/kernel/kernel.ts';

let clock: Clock;
let kernel: Kernel;
let told: { atSeconds: number; proxy: string | undefined; text: string }[];

beforeEach(() => {
  clock = FakeTimers.install({ now: Date.parse('2026-01-01T00:00:00Z') });
  kernel = new Kernel(1);
  told = [];
  kernel.observe(({ kind, proxy, text }) => {
    if (kind === 'fault') told.push({ atSeconds: kernel.secondsSinceStart(), proxy, text });
  });
});

afterEach(() => clock.uninstall());

const faultsOf = (...faults: readonly ScheduledFault[]): FaultEngine =>
  new FaultEngine(kernel, faults);
const pass = (seconds: number): void => {
  clock.tick(seconds * 1000);
};

describe('a fault without limits', () => {
  test('is in force from the start, at every place', () => {
    const faults = faultsOf({ fault: 'slack-down' });

    expect(faults.holds('slack-down')).toBe(true);
    pass(86_400);
    expect(faults.strikes('slack-down', { proxy: 'west' })).toBe(true);
  });

  test('is no other fault', () => {
    expect(faultsOf({ fault: 'slack-down' }).holds('katello-down')).toBe(false);
  });
});

describe('a fault that begins at an instant', () => {
  const outage: ScheduledFault = { fault: 'katello-down', at: { seconds: 600 }, forSeconds: 60 };

  // biome-ignore format: one line a case.
  const cases: readonly [seconds: number, inForce: boolean][] = [
    [0, false], [599, false], [600, true], [659, true], [660, false],
  ];

  test.each(cases)('after %d seconds is in force: %s', (seconds, inForce) => {
    const faults = faultsOf(outage);

    pass(seconds);

    expect(faults.holds('katello-down')).toBe(inForce);
  });
});

describe('a fault that begins with a phase', () => {
  const inFill: ScheduledFault = {
    fault: 'sync-fails',
    proxy: 'west',
    at: { phase: 'fill', afterSeconds: 30 },
    forSeconds: 60,
  };

  test('waits for that phase of its proxy', () => {
    const faults = faultsOf(inFill);

    faults.phaseStarted('north', 'fill');
    faults.phaseStarted('west', 'launch');
    pass(40);

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);
    expect(faults.holds('sync-fails')).toBe(false);
  });

  test('lasts its time after that', () => {
    const faults = faultsOf(inFill);
    pass(1000);

    faults.phaseStarted('west', 'fill');

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);
    pass(30);
    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(true);
    pass(60);
    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);
  });

  test('does not begin again when the phase does', () => {
    const faults = faultsOf(inFill);
    faults.phaseStarted('west', 'fill');
    pass(1000);

    faults.phaseStarted('west', 'fill');
    pass(40);

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);
  });

  test.each(['fill', 'changeover'])('as `sync` begins with %s', (phase) => {
    const faults = faultsOf({ fault: 'sync-fails', at: { phase: 'sync' } });
    faults.phaseStarted('west', 'launch');
    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);

    faults.phaseStarted('west', phase);

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(true);
  });

  test('as `sync` begins with the first of both', () => {
    const faults = faultsOf({ fault: 'sync-fails', at: { phase: 'sync' }, forSeconds: 60 });
    faults.phaseStarted('west', 'fill');
    pass(100);

    faults.phaseStarted('west', 'changeover');

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(false);
  });

  test('without a proxy begins for each with its own phase', () => {
    const faults = faultsOf({ fault: 'sync-fails', at: { phase: 'fill' } });

    faults.phaseStarted('west', 'fill');

    expect(faults.holds('sync-fails', { proxy: 'west' })).toBe(true);
    expect(faults.holds('sync-fails', { proxy: 'north' })).toBe(false);
  });

  test('hits what belongs to no proxy as soon as it has begun', () => {
    const faults = faultsOf({ fault: 'katello-down', proxy: 'west', at: { phase: 'fill' } });

    faults.phaseStarted('north', 'fill');
    expect(faults.holds('katello-down')).toBe(false);
    faults.phaseStarted('west', 'fill');
    expect(faults.holds('katello-down')).toBe(true);
  });
});

describe('the place of a fault', () => {
  test('is its proxy', () => {
    const faults = faultsOf({ fault: 'install-fails', proxy: 'west' });

    expect(faults.strikes('install-fails', { proxy: 'north' })).toBe(false);
    expect(faults.strikes('install-fails', { proxy: 'west' })).toBe(true);
  });

  test('is its service', () => {
    const faults = faultsOf({ fault: 'api-fails', service: 'ec2' });

    expect(faults.strikes('api-fails', { service: 'ssm' })).toBe(false);
    expect(faults.strikes('api-fails', { service: 'ec2' })).toBe(true);
  });
});

describe('how often a fault strikes', () => {
  test('is counted by strikes, not by questions whether it holds', () => {
    const faults = faultsOf({ fault: 'sync-fails', times: 2 });

    faults.holds('sync-fails');
    const strikes = [1, 2, 3].map(() => faults.strikes('sync-fails'));

    expect(strikes).toEqual([true, true, false]);
    expect(faults.holds('sync-fails')).toBe(false);
  });

  test('is counted for each of two equal faults, one after the other', () => {
    const faults = faultsOf({ fault: 'sync-fails', times: 1 }, { fault: 'sync-fails', times: 1 });

    expect([1, 2, 3].map(() => faults.strikes('sync-fails'))).toEqual([true, true, false]);
  });
});

describe('an event', () => {
  const dueIn = (faults: FaultEngine): readonly [string | undefined, number][] => {
    const due: [string | undefined, number][] = [];
    faults.onEvent(({ proxy }) => {
      due.push([proxy, kernel.secondsSinceStart()]);
      return undefined;
    });
    return due;
  };

  test('is due at its instant', () => {
    const due = dueIn(faultsOf({ fault: 'instance-dies', proxy: 'west', at: { seconds: 90 } }));

    pass(1000);

    expect(due).toEqual([['west', 90]]);
  });

  test('is due at its time in a phase, and names the proxy', () => {
    const faults = faultsOf({ fault: 'instance-dies', at: { phase: 'sync', afterSeconds: 60 } });
    const due = dueIn(faults);
    pass(100);
    faults.phaseStarted('west', 'fill');
    faults.phaseStarted('north', 'launch');

    pass(1000);

    expect(due).toEqual([['west', 160]]);
  });

  test('is due so many times at most', () => {
    const faults = faultsOf({ fault: 'instance-dies', at: { phase: 'fill' }, times: 1 });
    const due = dueIn(faults);

    faults.phaseStarted('west', 'fill');
    faults.phaseStarted('north', 'fill');
    pass(1);

    expect(due).toEqual([['west', 0]]);
  });

  test('is reported before it happens', () => {
    const faults = faultsOf({ fault: 'instance-dies', target: 'replacement', at: { seconds: 5 } });
    const toldWhenDue: number[] = [];
    faults.onEvent(() => {
      toldWhenDue.push(told.length);
      return undefined;
    });

    pass(10);

    expect(toldWhenDue).toEqual([1]);
    expect(told[0]?.text).toBe('the replacement is terminated by a hardware failure');
  });
});

describe('what a fault has changed', () => {
  const undoneAt = (faults: FaultEngine): readonly number[] => {
    const undone: number[] = [];
    faults.onEvent(() => () => {
      undone.push(kernel.secondsSinceStart());
    });
    return undone;
  };
  const suspended: ScheduledFault = { fault: 'processes-suspended', at: { seconds: 10 } };

  test('is reverted when its time is over, and only once', () => {
    const faults = faultsOf({ ...suspended, forSeconds: 60 });
    const undone = undoneAt(faults);

    pass(100);
    faults.heal();

    expect(undone).toEqual([70]);
  });

  test('is reverted when all faults end', () => {
    const faults = faultsOf(suspended);
    const undone = undoneAt(faults);

    pass(100);
    expect(undone).toEqual([]);
    faults.heal();

    expect(undone).toEqual([100]);
  });
});

describe('the report of a fault', () => {
  test('is reported once, when it first takes effect, after what was going on', () => {
    const faults = faultsOf({ fault: 'sync-fails', proxy: 'west', times: 2 });
    pass(30);

    faults.strikes('sync-fails', { proxy: 'west' });
    faults.strikes('sync-fails', { proxy: 'west' });
    expect(told).toEqual([]);
    pass(1);

    expect(told).toEqual([
      { atSeconds: 30, proxy: 'west', text: 'the sync task ends in stopped/error, 2 times' },
    ]);
  });

  test.each<[ScheduledFault, string]>([
    [{ fault: 'slack-down' }, 'Slack answers with 503'],
    [{ fault: 'slack-down', times: 1 }, 'Slack answers with 503'],
    [{ fault: 'slack-down', forSeconds: 5400 }, 'Slack answers with 503, for 1 h 30 min'],
    [
      { fault: 'api-fails', service: 'ec2' },
      'calls to an AWS service end in an internal error (ec2)',
    ],
  ])('says how long, how often and of which service (%#)', (fault, text) => {
    faultsOf(fault).strikes(fault.fault, { service: fault.service });

    pass(0);

    expect(told.map((event) => event.text)).toEqual([text]);
  });
});

describe('once everything is well', () => {
  test('no fault is in force', () => {
    const faults = faultsOf({ fault: 'slack-down' });

    faults.heal();

    expect(faults.holds('slack-down')).toBe(false);
    expect(faults.strikes('slack-down')).toBe(false);
  });

  test('no instance dies', () => {
    const faults = faultsOf({ fault: 'instance-dies', at: { seconds: 5 } });
    faults.heal();

    pass(10);

    expect(told).toEqual([]);
  });
});
