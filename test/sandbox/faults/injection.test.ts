import { describe, expect, test } from '@jest/globals';
import { Injection, type Swarm } from '../../../sandbox/faults/injection.ts';
import type { InjectedFaultName } from '../../../sandbox/faults/kinds.ts';
import type { CallSite } from '../../../sandbox/faults/sites.ts';
import { Random } from '../../../sandbox/kernel/random.ts';

const describeGroups: CallSite = {
  service: 'autoscaling',
  operation: 'DescribeAutoScalingGroups',
  isRead: true,
  step: null,
};
const enterStandby: CallSite = { ...describeGroups, operation: 'EnterStandby', isRead: false };

const swarmOf = (...rates: readonly (readonly [InjectedFaultName, number])[]): Swarm => ({
  random: new Random(1),
  rates: new Map([['autoscaling', rates]]),
});

describe('a fault that is given', () => {
  const given = { service: 'autoscaling', operation: 'EnterStandby', nth: 2 } as const;

  test('strikes the nth call of its operation, and no other', () => {
    const injection = new Injection([{ ...given, fault: 'lost-after' }], null);

    const met = [enterStandby, describeGroups, enterStandby, enterStandby].map((site) =>
      injection.strikeAt(site),
    );

    expect(met).toEqual([null, null, 'lost-after', null]);
    expect(injection.injected).toEqual([{ ...given, fault: 'lost-after' }]);
    expect(injection.calls.map(({ nth }) => nth)).toEqual([1, 1, 2, 3]);
  });

  test.each<[InjectedFaultName, boolean, boolean]>([
    ['stale', true, true],
    ['slow', true, false],
    ['lost-after', false, false],
  ])('%s makes its service misleading: %s, and stale: %s', (fault, isMisleading, isStale) => {
    const injection = new Injection([{ ...given, fault }], null);

    expect([...injection.misleading]).toEqual(isMisleading ? ['autoscaling'] : []);
    expect(injection.canBeStale('autoscaling')).toBe(isStale);
    expect(injection.canBeStale('ec2')).toBe(false);
  });
});

describe('a swarm', () => {
  test('strikes about as often as its rates say, and only the services that have one', () => {
    const injection = new Injection([], swarmOf(['lost-before', 0.2], ['twice', 0.1]));

    for (let call = 0; call < 1000; call += 1) injection.strikeAt(enterStandby);
    for (let call = 0; call < 1000; call += 1)
      injection.strikeAt({ ...enterStandby, service: 'ec2' });

    const { 'lost-before': lost = [], twice = [] } = Object.groupBy(
      injection.injected,
      ({ fault }) => fault,
    );
    expect(lost.length / 1000).toBeCloseTo(0.2, 1);
    expect(twice.length / 1000).toBeCloseTo(0.1, 1);
    expect(injection.injected.every(({ service }) => service === 'autoscaling')).toBe(true);
  });

  test('gives old answers to reads alone', () => {
    const injection = new Injection([], swarmOf(['stale', 1]));

    expect(injection.strikeAt(enterStandby)).toBeNull();
    expect(injection.strikeAt(describeGroups)).toBe('stale');
  });
});

test('once all is healed, nothing strikes and no call is noted any more', () => {
  const injection = new Injection([], swarmOf(['throttled', 1]));
  expect(injection.strikeAt(enterStandby)).toBe('throttled');

  injection.heal();

  expect(injection.strikeAt(enterStandby)).toBeNull();
  expect(injection.calls).toHaveLength(1);
});
