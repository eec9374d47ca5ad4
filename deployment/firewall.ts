import { type Fleet, layoutOf, type SmartProxy } from '../functions/domain/fleet.ts';
import { listenersOf, outboundOf, type Port, portsOf, type Source } from './ports.ts';

/** The security groups of a deployment: one of the functions for the fleet, two of each proxy. */
export type GroupName = 'functions' | 'balancer' | 'instance';

/** The other side of a rule: a block of addresses, or whatever is in a group. */
export type RulePeer = { readonly cidr: string } | { readonly group: GroupName };

/** What a group lets in or out; security groups know no refusing rules. */
export interface Rule {
  readonly peer: RulePeer;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly description: string;
}

export interface SecurityGroup {
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

export type Firewall = Readonly<Record<GroupName, SecurityGroup>>;

const anywhere = '0.0.0.0/0';

/** `tcp+udp` is a word of load balancers: security groups want a rule for each. */
const protocolsOf = (protocol: Port['protocol']): readonly Rule['protocol'][] =>
  protocol === 'tcp+udp' ? ['tcp', 'udp'] : [protocol];

const rulesOf = (
  { port, protocol }: Pick<Port, 'port' | 'protocol'>,
  peer: RulePeer,
  description: string,
): readonly Rule[] =>
  protocolsOf(protocol).map((one) => ({ peer, port, protocol: one, description }));

const blocksOf = ({ clientCidrs, katelloCidrs }: Fleet['network'], source: Source) =>
  source === 'clients' ? clientCidrs : katelloCidrs;

/** A rule for each block from which a port is used. EC2 refuses the same rule twice. */
const ingressOf = (ports: readonly Port[], network: Fleet['network']): readonly Rule[] => {
  const rules = ports.flatMap((port) =>
    port.sources.flatMap((source) =>
      blocksOf(network, source).flatMap((cidr) =>
        rulesOf(port, { cidr }, source === 'clients' ? 'Clients' : 'Katello'),
      ),
    ),
  );
  const keyOf = (rule: Rule): string => JSON.stringify({ ...rule, description: '' });
  return [...new Map(rules.map((rule) => [keyOf(rule), rule])).values()];
};

/** Health checks have no ports of their own: each goes to a port that has a listener. */
const betweenBalancerAndInstance = (
  proxy: SmartProxy,
  group: GroupName,
  description: string,
): readonly Rule[] =>
  listenersOf(proxy.features).flatMap(({ port, protocol }) =>
    protocol === 'TCP_UDP'
      ? rulesOf({ port, protocol: 'tcp+udp' }, { group }, description)
      : rulesOf({ port, protocol: protocol === 'TCP' ? 'tcp' : 'udp' }, { group }, description),
  );

/** They read the marker, and look at the certificate, under every name of the proxy. */
const fromFunctions = rulesOf({ port: 443, protocol: 'tcp' }, { group: 'functions' }, 'Controller');

const balancerGroup = (network: Fleet['network'], proxy: SmartProxy): SecurityGroup => {
  const carried = portsOf(proxy.features).filter(({ healthCheck }) => healthCheck !== null);
  return {
    ingress: [...ingressOf(carried, network), ...fromFunctions],
    egress: betweenBalancerAndInstance(proxy, 'instance', 'Traffic and health checks'),
  };
};

/** With two names Katello and the functions also go straight to the instance that the control name leads to. */
const instanceGroup = (network: Fleet['network'], proxy: SmartProxy): SecurityGroup => {
  const isDirect = layoutOf(proxy) === 'two-names';
  const ports = portsOf(proxy.features);
  const direct = ports.filter(({ healthCheck }) => healthCheck === null);
  const byControlName = ports
    .filter(({ sources }) => isDirect && sources.includes('katello'))
    .map((port): Port => ({ ...port, sources: ['katello'] }));
  return {
    ingress: [
      ...ingressOf([...direct, ...byControlName], network),
      ...betweenBalancerAndInstance(proxy, 'balancer', 'Load balancer'),
      ...(isDirect ? fromFunctions : []),
    ],
    egress: outboundOf(proxy.features).flatMap((port) =>
      (port.to === 'clients' ? network.clientCidrs : [anywhere]).flatMap((cidr) =>
        rulesOf(port, { cidr }, port.purpose),
      ),
    ),
  };
};

const katelloPortOf = ({ katello }: Fleet): number => Number(new URL(katello.url).port || 443);

/** Functions that talk to Katello reach it, the proxies, AWS and the name servers of the VPC, and nothing else. */
export const functionsGroup = (fleet: Fleet): SecurityGroup => ({
  ingress: [],
  egress: [
    ...[...new Set([443, katelloPortOf(fleet)])].flatMap((port) =>
      rulesOf({ port, protocol: 'tcp' }, { cidr: anywhere }, 'Katello, proxies, AWS APIs'),
    ),
    // The resolver of a VPC is out of reach of security groups, but DHCP options may name other servers.
    ...(['udp', 'tcp'] as const).flatMap((protocol) =>
      rulesOf({ port: 53, protocol }, { cidr: anywhere }, 'DNS'),
    ),
  ],
});

/** Who may talk to a proxy: clients and Katello to the load balancer, the load balancer to the instance. */
export const proxyGroups = (
  network: Fleet['network'],
  proxy: SmartProxy,
): Pick<Firewall, 'balancer' | 'instance'> => ({
  balancer: balancerGroup(network, proxy),
  instance: instanceGroup(network, proxy),
});

/** The rules that decide which connections reach a proxy, and which ones the functions of its fleet can open. */
export const firewallOf = (fleet: Fleet, proxy: SmartProxy): Firewall => ({
  functions: functionsGroup(fleet),
  ...proxyGroups(fleet.network, proxy),
});
