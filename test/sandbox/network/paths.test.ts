import { describe, expect, test } from '@jest/globals';
import { type Firewall, firewallOf, type GroupName } from '../../../deployment/firewall.ts';
import type { Fleet, SmartProxy } from '../../../functions/domain/fleet.ts';
import { fleetSchema } from '../../../functions/domain/fleet.ts';
import { Paths } from '../../../sandbox/network/paths.ts';
import { exampleFleet } from '../aws/aws-world.ts';

/** One network for clients, another for Katello, and the functions in none of them. */
const fleet: Fleet = fleetSchema.parse({
  ...exampleFleet,
  katello: { ...exampleFleet.katello, url: 'https://katello.example.com:8443' },
  network: {
    ...exampleFleet.network,
    clientCidrs: ['172.16.0.0/12', 'fd00::/8'],
    katelloCidrs: ['192.168.7.0/24'],
  },
});
const [katello, service, control] = [
  'katello.example.com',
  'berlin.example.com',
  'berlin-control.example.com',
];

/** The deployed rules without those of one direction of a group. */
const without =
  (group: GroupName, direction: 'ingress' | 'egress') =>
  (of: Fleet, proxy: SmartProxy): Firewall => {
    const rules = firewallOf(of, proxy);
    return { ...rules, [group]: { ...rules[group], [direction]: [] } };
  };

describe('the deployed rules', () => {
  const paths = new Paths(fleet);

  test.each([
    ['functions', katello, 8443, null],
    ['functions', katello, 443, null],
    ['functions', katello, 9090, 'dropped'],
    ['functions', service, 443, null],
    ['functions', control, 443, null],
    ['functions', control, 9090, 'dropped'],
    ['katello', control, 443, null],
    ['katello', control, 9090, null],
    ['katello', service, 443, null],
    ['katello', service, 9090, null],
    ['katello', control, 22, 'dropped'],
    ['clients', service, 443, null],
    ['clients', service, 80, null],
    ['clients', service, 8000, null],
    ['clients', control, 443, 'dropped'],
    ['functions', 'paris.example.com', 443, null],
    ['functions', 'proxy.of-another-fleet.example.net', 443, null],
  ] as const)('let %s reach %s on port %i: %s', (origin, name, port, expected) => {
    expect(paths.barrier(name, origin, port)).toBe(expected);
  });

  test('let an instance reach Katello and boot, and the load balancer check it', () => {
    expect(paths.barrier(katello, { proxy: 'berlin' }, 443)).toBeNull();
    expect(paths.canBoot('berlin')).toBe(true);
    expect(paths.of('berlin').isCheckedEverywhere).toBe(true);
    expect(paths.of('berlin').isOpenToClients).toBe(true);
  });

  test('let functions reach AWS', () => {
    expect(paths.barrierToAws).toBeNull();
  });
});

describe('a rule that is missing', () => {
  test('keeps functions from everything', () => {
    const paths = new Paths(fleet, without('functions', 'egress'));

    expect(paths.barrierToAws).toBe('unresolved');
    expect(paths.barrier(katello, 'functions', 8443)).toBe('unresolved');
    expect(paths.barrier(control, 'functions', 443)).toBe('unresolved');
  });

  test('keeps the load balancer from its targets, and so its clients', () => {
    const paths = new Paths(fleet, without('balancer', 'egress'));

    expect(paths.of('berlin').isChecked(443)).toBe(false);
    expect(paths.of('berlin').isOpenToClients).toBe(false);
    expect(paths.barrier(service, 'katello', 443)).toBe('dropped');
    expect(paths.barrier(control, 'katello', 443)).toBeNull();
  });

  test('into the load balancer keeps clients out, and lets health checks pass', () => {
    const paths = new Paths(fleet, without('balancer', 'ingress'));

    expect(paths.of('berlin').isOpenToClients).toBe(false);
    expect(paths.of('berlin').isCheckedEverywhere).toBe(true);
  });

  test('keeps an instance from booting', () => {
    expect(new Paths(fleet, without('instance', 'egress')).canBoot('berlin')).toBe(false);
  });
});

describe('a path that somebody closes', () => {
  test('is closed for one proxy, until the last who closed it opens it', () => {
    const paths = new Paths(fleet);
    const [first, second] = [1, 2].map(() => paths.close('katello-to-proxy', 'berlin'));

    expect(paths.barrier(control, 'katello', 443)).toBe('dropped');
    expect(paths.barrier(service, 'katello', 443)).toBe('dropped');
    expect(paths.barrier('paris.example.com', 'katello', 443)).toBeNull();
    expect(paths.barrier(control, 'functions', 443)).toBeNull();
    first?.();
    expect(paths.isClosed('katello-to-proxy', 'berlin')).toBe(true);
    second?.();
    expect(paths.barrier(control, 'katello', 443)).toBeNull();
  });

  test('to Katello is closed for the whole fleet, whose functions share a group', () => {
    const paths = new Paths(fleet);
    paths.close('functions-to-katello', 'berlin');

    expect(paths.barrier(katello, 'functions', 8443)).toBe('dropped');
    expect(paths.barrier(control, 'functions', 443)).toBeNull();
  });
});
