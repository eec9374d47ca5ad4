import { describe, expect, test } from '@jest/globals';
import { katelloNameOf } from '../../functions/domain/fleet.ts';
import { portOf } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { exampleSettings, proxyTemplate, synthesize, withFleet } from './example.ts';
import {
  groupOfBalancer,
  groupOfFunction,
  groupOfInstances,
  isPassedOn,
  letsIn,
  letsOut,
} from './reachability.ts';

/**
 * Walks from the functions to whatever they connect to, through the security groups of the templates. The
 * functions are in none of the blocks of clients and Katello here: only a rule for their group lets them in.
 */
const settings = withFleet(exampleSettings(), (fleet) => ({
  ...fleet,
  katello: { ...fleet.katello, url: 'https://katello.example.com:8443' },
  network: { ...fleet.network, clientCidrs: ['172.16.0.0/12'], katelloCidrs: ['192.168.7.0/24'] },
}));
synthesize(settings);
const { proxies } = settings.fleet;

const stepsWith = (port: string): readonly StepName[] =>
  (Object.keys(steps) as StepName[]).filter((step) =>
    steps[step].needs.some((method) => portOf(method) === port),
  );

const toProxies = [
  // The change-over reads the marker of every name that clients and Katello use.
  ...stepsWith('marker').flatMap((reader) =>
    proxies.flatMap((proxy) =>
      [...new Set([katelloNameOf(proxy), proxy.serviceName])].map(
        (name) => [reader, name, proxy] as const,
      ),
    ),
  ),
  ...proxies.map((proxy) => ['healthMetrics', katelloNameOf(proxy), proxy] as const),
];

describe.each(toProxies)('the function %s reaches %s', (reader, name, proxy) => {
  const template = proxyTemplate(settings, proxy.name);
  const group = groupOfFunction(settings, reader);
  const isDirect = name === proxy.controlName;

  test('through its own security group', () => {
    expect(letsOut(settings, group, 'tcp', 443)).toBe(true);
  });

  test('through the security group of who answers', () => {
    const door = isDirect ? groupOfInstances(template) : groupOfBalancer(template);

    expect(letsIn(template, door, group, 443)).toBe(true);
  });

  test('and then an instance', () => {
    expect(isDirect || isPassedOn(template, 443)).toBe(true);
  });
});

test.each(stepsWith('content'))(
  'the function %s reaches Katello on the port of its address',
  (step) => {
    expect(letsOut(settings, groupOfFunction(settings, step), 'tcp', 8443)).toBe(true);
  },
);

test.each(['udp', 'tcp'])(
  'functions ask the name servers of the network by %s, wherever they are',
  (protocol) => {
    expect(letsOut(settings, groupOfFunction(settings, 'healthMetrics'), protocol, 53)).toBe(true);
  },
);
