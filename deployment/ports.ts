import type { Feature } from '../functions/domain/features.ts';

/** Who may open a connection by its address. The functions of the controller are let in by their security group. */
export type Source = 'clients' | 'katello';

/** A request that succeeds only while the service behind a port works. An open port alone proves nothing. */
export interface HealthCheck {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
  readonly path: string;
}

export interface Port {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'tcp+udp';
  readonly purpose: string;
  /** Open when the proxy has one of these. */
  readonly features: readonly Feature[];
  readonly sources: readonly Source[];
  /** What proves the service; `null` for what no load balancer can carry, which goes to the instance. */
  readonly healthCheck: HealthCheck | null;
}

const pulp: HealthCheck = { protocol: 'HTTPS', port: 443, path: '/pulp/api/v3/status/' };
/** The list of running features, which the smart-proxy API gives without a client certificate. */
const api: HealthCheck = { protocol: 'HTTPS', port: 9090, path: '/features' };
/** Written at the end of the first boot: it proves Apache, and that the proxy was set up to the end. */
const marker: HealthCheck = { protocol: 'HTTP', port: 80, path: '/pub/instance-id' };
const templates: HealthCheck = { protocol: 'HTTP', port: 8000, path: '/features' };
const puppetServer: HealthCheck = { protocol: 'HTTPS', port: 8140, path: '/status/v1/simple' };

/**
 * Every port of a Smart Proxy, written once: security groups, listeners, health checks and docs/ports.md
 * follow from it. Ports of features that the product's images do not set up (MQTT of pull-mode remote
 * execution, the old RHSM port 8443) are not here and therefore closed.
 */
export const ports: readonly Port[] = [
  {
    port: 443,
    protocol: 'tcp',
    purpose: 'content, registration, subscriptions, container images; Pulp API for Katello',
    features: ['pulpcore'],
    sources: ['clients', 'katello'],
    healthCheck: pulp,
  },
  {
    port: 80,
    protocol: 'tcp',
    purpose: 'content without TLS, the CA under /pub, boot files of kickstart repositories',
    features: ['pulpcore'],
    sources: ['clients', 'katello'],
    healthCheck: marker,
  },
  {
    port: 9090,
    protocol: 'tcp',
    purpose: 'smart-proxy API for Katello',
    features: ['pulpcore'],
    sources: ['katello'],
    healthCheck: api,
  },
  {
    port: 9090,
    protocol: 'tcp',
    purpose: 'registration, uploads of OpenSCAP, discovery',
    features: ['registration', 'openscap', 'discovery'],
    sources: ['clients'],
    healthCheck: api,
  },
  {
    port: 8000,
    protocol: 'tcp',
    purpose: 'provisioning templates, PXE and iPXE over HTTP',
    features: ['templates', 'httpboot'],
    sources: ['clients'],
    healthCheck: templates,
  },
  {
    port: 8140,
    protocol: 'tcp',
    purpose: 'Puppet agents',
    features: ['puppet', 'puppetca'],
    sources: ['clients'],
    healthCheck: puppetServer,
  },
  {
    port: 4505,
    protocol: 'tcp',
    purpose: 'Salt minions: publisher',
    features: ['salt'],
    sources: ['clients'],
    healthCheck: api,
  },
  {
    port: 4506,
    protocol: 'tcp',
    purpose: 'Salt minions: returns',
    features: ['salt'],
    sources: ['clients'],
    healthCheck: api,
  },
  {
    port: 53,
    protocol: 'tcp+udp',
    purpose: 'DNS',
    features: ['dns'],
    sources: ['clients'],
    healthCheck: api,
  },
  {
    port: 67,
    protocol: 'udp',
    purpose: 'DHCP, which answers to a relay and cannot pass a load balancer',
    features: ['dhcp'],
    sources: ['clients'],
    healthCheck: null,
  },
  {
    port: 69,
    protocol: 'udp',
    purpose: 'TFTP, which answers from another port and cannot pass a load balancer',
    features: ['tftp'],
    sources: ['clients'],
    healthCheck: null,
  },
];

/** What a proxy itself connects to. */
export interface Outbound {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose: string;
  /** Open when the proxy has one of these; always when there are none. */
  readonly features: readonly Feature[];
  readonly to: 'anywhere' | 'clients';
}

export const outbound: readonly Outbound[] = [
  {
    port: 443,
    protocol: 'tcp',
    purpose: 'Katello, and the APIs of AWS',
    features: [],
    to: 'anywhere',
  },
  { port: 53, protocol: 'udp', purpose: 'DNS', features: [], to: 'anywhere' },
  { port: 53, protocol: 'tcp', purpose: 'DNS', features: [], to: 'anywhere' },
  {
    port: 22,
    protocol: 'tcp',
    purpose: 'remote execution over SSH',
    features: ['script', 'ansible'],
    to: 'clients',
  },
  {
    port: 8443,
    protocol: 'tcp',
    purpose: 'reboot of discovered hosts',
    features: ['discovery'],
    to: 'clients',
  },
  { port: 623, protocol: 'udp', purpose: 'power by IPMI', features: ['bmc'], to: 'clients' },
  { port: 623, protocol: 'tcp', purpose: 'power by Redfish', features: ['bmc'], to: 'clients' },
  { port: 68, protocol: 'udp', purpose: 'DHCP', features: ['dhcp'], to: 'clients' },
];

const concerns = (wanted: readonly Feature[], features: readonly Feature[]): boolean =>
  wanted.length === 0 || wanted.some((feature) => features.includes(feature));

export const portsOf = (features: readonly Feature[]): readonly Port[] =>
  ports.filter((port) => concerns(port.features, features));

export const outboundOf = (features: readonly Feature[]): readonly Outbound[] =>
  outbound.filter((port) => concerns(port.features, features));

export interface Listener {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP';
  readonly healthCheck: HealthCheck;
}

const awsProtocol = { tcp: 'TCP', udp: 'UDP', 'tcp+udp': 'TCP_UDP' } as const;

/** One listener for each port that the load balancer carries, whoever uses it. */
export const listenersOf = (features: readonly Feature[]): readonly Listener[] =>
  portsOf(features)
    .filter((port, index, all) => all.findIndex((other) => other.port === port.port) === index)
    .flatMap(({ port, protocol, healthCheck }) =>
      healthCheck === null ? [] : [{ port, protocol: awsProtocol[protocol], healthCheck }],
    );
