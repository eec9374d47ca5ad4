import { describe, expect, test } from '@jest/globals';
import type { Firewall, Rule } from '../../../deployment/firewall.ts';
import { covers, isLetThrough, type Party } from '../../../sandbox/network/security-groups.ts';

const closed = { ingress: [], egress: [] };
const rule = (peer: Rule['peer'], port = 443, protocol: Rule['protocol'] = 'tcp'): Rule => ({
  peer,
  port,
  protocol,
  description: '',
});
const firewall = (groups: Partial<Firewall>): Firewall => ({
  functions: closed,
  balancer: closed,
  instance: closed,
  ...groups,
});
const outside = (...cidrs: readonly string[]): Party => ({ group: null, cidrs });
const inside = (group: Party['group']): Party => ({ group, cidrs: ['0.0.0.0/0'] });
const passes = (groups: Partial<Firewall>, from: Party, to: Party, port = 443): boolean =>
  isLetThrough(firewall(groups), { from, to, port, protocol: 'tcp' });

test.each([
  ['10.0.0.0/8', '10.20.0.0/24', true],
  ['10.20.0.0/24', '10.0.0.0/8', false],
  ['10.0.0.0/8', '11.0.0.0/24', false],
  ['0.0.0.0/0', '192.168.7.0/24', true],
  ['192.168.7.4/32', '192.168.7.4/32', true],
  ['fd00::/8', 'fd12:3456::/32', true],
  ['fd00::/8', '2001:db8::/32', false],
  ['0.0.0.0/0', 'fd00::/8', false],
  ['::/0', '10.0.0.0/8', false],
])('the block %s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

describe('a connection is let through', () => {
  const clients = outside('10.0.0.0/8');

  test('by a rule for its block, its port and its protocol', () => {
    const groups = { balancer: { ...closed, ingress: [rule({ cidr: '10.0.0.0/8' })] } };

    expect(passes(groups, clients, inside('balancer'))).toBe(true);
    expect(passes(groups, clients, inside('balancer'), 80)).toBe(false);
    expect(passes(groups, outside('10.0.0.0/8', '172.16.0.0/12'), inside('balancer'))).toBe(false);
    expect(
      isLetThrough(firewall(groups), {
        from: clients,
        to: inside('balancer'),
        port: 443,
        protocol: 'udp',
      }),
    ).toBe(false);
  });

  test('by a rule for its group, on both sides', () => {
    const out = { balancer: { ...closed, egress: [rule({ group: 'instance' })] } };
    const into = { instance: { ...closed, ingress: [rule({ group: 'balancer' })] } };
    const both = [inside('balancer'), inside('instance')] as const;

    expect(passes({ ...out, ...into }, ...both)).toBe(true);
    expect(passes(out, ...both)).toBe(false);
    expect(passes(into, ...both)).toBe(false);
  });

  test('to an unknown address by a rule for all addresses alone', () => {
    const to = (cidr: string) => ({ functions: { ...closed, egress: [rule({ cidr })] } });

    expect(passes(to('0.0.0.0/0'), inside('functions'), outside('0.0.0.0/0'))).toBe(true);
    expect(passes(to('10.0.0.0/8'), inside('functions'), outside('0.0.0.0/0'))).toBe(false);
  });
});
