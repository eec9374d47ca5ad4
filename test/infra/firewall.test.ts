import { describe, expect, test } from '@jest/globals';
import { type Firewall, firewallOf, type Rule } from '../../deployment/firewall.ts';
import { listenersOf } from '../../deployment/ports.ts';
import { features } from '../../functions/domain/features.ts';
import type { Settings } from '../../infra/settings.ts';
import { exampleSettings, synthesize, withFleet, withProxy } from './example.ts';
import { firewallIn, listenersIn } from './template-firewall.ts';

/** What the sandbox simulates is what is deployed: templates are read here without the code that wrote them. */
const usual = exampleSettings();
const withFeatures = (...wanted: readonly (typeof features)[number][]): Settings =>
  withProxy(usual, {
    features: [...wanted],
    persisted: Object.fromEntries(wanted.map((feature) => [feature, 'elsewhere'])),
  });
const withNetwork = (network: object, url = usual.fleet.katello.url): Settings =>
  withFleet(usual, (fleet) => ({
    ...fleet,
    katello: { ...fleet.katello, url },
    network: { ...fleet.network, ...network },
  }));

const fleets: readonly (readonly [string, Settings])[] = [
  ['the example fleet', usual],
  ['content alone', withFeatures('pulpcore')],
  ['every feature', withFeatures(...features)],
  ['DNS and DHCP', withFeatures('pulpcore', 'dns', 'dhcp', 'tftp')],
  ['blocks of IPv6', withNetwork({ clientCidrs: ['fd00::/8', '10.0.0.0/8'] })],
  ['one block of clients and Katello', withNetwork({ katelloCidrs: ['10.0.0.0/8'] })],
  ['a Katello on another port', withNetwork({}, 'https://katello.example.com:8443')],
];
synthesize(...fleets.map(([, settings]) => settings));

const sorted = (rules: readonly Rule[]): readonly string[] =>
  rules
    .map(({ peer, port, protocol, description }) =>
      JSON.stringify({ peer, port, protocol, description }),
    )
    .sort();

const normal = (firewall: Firewall) =>
  Object.fromEntries(
    Object.entries(firewall).map(([name, { ingress, egress }]) => [
      name,
      { ingress: sorted(ingress), egress: sorted(egress) },
    ]),
  );

const deployed = fleets.flatMap(([name, settings]) =>
  settings.fleet.proxies.map((proxy) => ({ name, settings, proxy, of: proxy.name })),
);

describe.each(deployed)('with $name, the template of $of', ({ settings, proxy }) => {
  test('has the rules of the deployment, and no others', () => {
    expect(normal(firewallIn(settings, proxy.name))).toEqual(
      normal(firewallOf(settings.fleet, proxy)),
    );
  });

  test('has its listeners, each with the target group and health check of its port', () => {
    expect(listenersIn(settings, proxy.name)).toEqual(
      listenersOf(proxy.features).map((listener) => ({ ...listener, targetPort: listener.port })),
    );
  });
});
