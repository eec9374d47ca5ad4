import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { listenersOf, outbound, ports, portsOf } from '../../deployment/ports.ts';
import type { Feature } from '../../functions/domain/features.ts';
import { features } from '../../functions/domain/features.ts';
import {
  exampleSettings,
  proxyTemplate,
  resourceOf,
  resourcesOf,
  synthesize,
  type Template,
  withFleet,
  withProxy,
} from './example.ts';

interface Rule {
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly Description: string;
}

const usual = exampleSettings();
const everything = withProxy(usual, {
  features: [...features],
  persisted: Object.fromEntries(features.map((feature) => [feature, 'elsewhere'])),
});
const version6 = withFleet(usual, (fleet) => ({
  ...fleet,
  network: { ...fleet.network, clientCidrs: ['fd00::/8'] },
}));
const sameBlock = withFleet(usual, (fleet) => ({
  ...fleet,
  network: { ...fleet.network, katelloCidrs: fleet.network.clientCidrs },
}));
synthesize(usual, everything, version6, sameBlock);

const groupsOf = (template: Template) => {
  const groups = resourcesOf(template, 'AWS::EC2::SecurityGroup');
  const find = (word: string) =>
    groups.find(({ Properties }) => String(Properties['GroupDescription']).includes(word))
      ?.Properties as Readonly<Record<string, readonly Rule[]>>;
  return { instance: find('instances'), balancer: find('load balancer') };
};

const portsIn = (rules: readonly Rule[] | undefined) =>
  [...new Set((rules ?? []).map(({ IpProtocol, FromPort }) => `${FromPort}/${IpProtocol}`))].sort();

const tableOf = (wanted: readonly Feature[]) =>
  [
    ...new Set(
      portsOf(wanted)
        .filter(({ healthCheck }) => healthCheck !== null)
        .flatMap(({ port, protocol }) => protocol.split('+').map((one) => `${port}/${one}`)),
    ),
  ].sort();

describe.each([
  ['the usual features', usual],
  ['every feature', everything],
])('with %s', (_, settings) => {
  const wanted = settings.fleet.proxies[0]?.features ?? [];
  const template = proxyTemplate(settings);
  const { instance, balancer } = groupsOf(template);

  test('the load balancer is open on the ports of the table, and on no other', () => {
    expect(portsIn(balancer['SecurityGroupIngress'])).toEqual(tableOf(wanted));
  });

  test('each of them has a listener, and each listener is in the table', () => {
    const listeners = resourcesOf(template, 'AWS::ElasticLoadBalancingV2::Listener').flatMap(
      ({ Properties }) =>
        String(Properties['Protocol'])
          .toLowerCase()
          .split('_')
          .map((protocol) => `${Properties['Port']}/${protocol}`),
    );

    expect(listeners.sort()).toEqual(tableOf(wanted));
  });

  test('the load balancer reaches the instance on each of them', () => {
    const rules = resourcesOf(template, 'AWS::EC2::SecurityGroupIngress').map(
      ({ Properties }) => Properties as unknown as Rule,
    );

    expect(portsIn(rules.filter(({ Description }) => Description === 'Load balancer'))).toEqual(
      tableOf(wanted),
    );
    expect(portsIn(balancer['SecurityGroupEgress'])).toEqual(tableOf(wanted));
  });

  test('every target group asks the service itself, on a port that is open', () => {
    const open = tableOf(wanted);
    for (const { Properties } of resourcesOf(
      template,
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    )) {
      expect(['HTTP', 'HTTPS']).toContain(Properties['HealthCheckProtocol']);
      expect(Properties['HealthCheckPath']).toMatch(/^\/\w/);
      expect(Properties['Matcher']).toEqual({ HttpCode: '200' });
      expect(open).toContain(`${Properties['HealthCheckPort']}/tcp`);
    }
  });

  test('clients stay with one instance, and their connections end with it', () => {
    for (const { Properties } of resourcesOf(
      template,
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    )) {
      expect(Properties['TargetGroupAttributes']).toEqual(
        expect.arrayContaining([
          { Key: 'stickiness.enabled', Value: 'true' },
          { Key: 'stickiness.type', Value: 'source_ip' },
          { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
        ]),
      );
    }
  });

  test('the instance is open to Katello by its control name, and to clients for what no balancer carries', () => {
    const rules = instance['SecurityGroupIngress'] ?? [];
    const fromKatello = rules.filter(({ Description }) => Description === 'Katello');
    const fromClients = rules.filter(({ Description }) => Description === 'Clients');

    expect(portsIn(fromKatello)).toEqual(['443/tcp', '80/tcp', '9090/tcp']);
    expect(portsIn(fromClients)).toEqual(
      portsOf(wanted)
        .filter(({ healthCheck }) => healthCheck === null)
        .map(({ port, protocol }) => `${port}/${protocol}`)
        .sort(),
    );
  });
});

test('the load balancer spreads over zones, inside the network only', () => {
  expect(
    resourceOf(proxyTemplate(), 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties,
  ).toMatchObject({
    Scheme: 'internal',
    Type: 'network',
    LoadBalancerAttributes: expect.arrayContaining([
      { Key: 'load_balancing.cross_zone.enabled', Value: 'true' },
    ]),
  });
});

test('with one name, Katello and the controller come through the load balancer alone', () => {
  const template = proxyTemplate(usual, 'eu-south');
  const { instance } = groupsOf(template);
  const balancerId = Object.entries(template.Resources).find(([, resource]) =>
    String(resource.Properties['GroupDescription']).includes('load balancer'),
  )?.[0];
  const rules = resourcesOf(template, 'AWS::EC2::SecurityGroupIngress');

  expect(instance['SecurityGroupIngress'] ?? []).toEqual([]);
  expect(rules.map(({ Properties }) => Properties)).toContainEqual(
    expect.objectContaining({
      Description: 'Controller',
      GroupId: { 'Fn::GetAtt': [balancerId, 'GroupId'] },
    }),
  );
});

test('a block of IPv6 is written as one', () => {
  const { balancer } = groupsOf(proxyTemplate(version6));

  expect(balancer['SecurityGroupIngress']).toContainEqual(
    expect.objectContaining({ CidrIpv6: 'fd00::/8', FromPort: 443 }),
  );
});

test('Katello and clients of the same block are let in by one rule', () => {
  const { balancer } = groupsOf(proxyTemplate(sameBlock));
  const rules = (balancer['SecurityGroupIngress'] ?? []).map(
    ({ CidrIp, IpProtocol, FromPort }) => `${CidrIp} ${IpProtocol} ${FromPort}`,
  );

  expect(new Set(rules).size).toBe(rules.length);
});

test('a port that two purposes share has one listener', () => {
  const listeners = listenersOf([...features]).map(({ port }) => port);

  expect(new Set(listeners).size).toBe(listeners.length);
});

describe('docs/ports.md', () => {
  const page = readFileSync(new URL('../../docs/ports.md', import.meta.url), 'utf8');

  test.each(ports.map(({ port, protocol, purpose }) => [port, protocol, purpose] as const))(
    'tells of %i/%s: %s',
    (port, protocol, purpose) => {
      expect(page).toContain(`| ${port} | ${protocol} | ${purpose} |`);
    },
  );

  test.each(outbound.map(({ port, protocol, purpose }) => [port, protocol, purpose] as const))(
    'tells that a proxy goes out to %i/%s: %s',
    (port, protocol, purpose) => {
      expect(page).toContain(`| ${port} | ${protocol} | ${purpose} |`);
    },
  );

  test('tells of no port that is closed', () => {
    const rows = page.split('\n').filter((line) => /^\| \d/.test(line));

    expect(rows).toHaveLength(ports.length + outbound.length);
  });
});
