import type { Firewall, Rule } from '../../deployment/firewall.ts';
import { type Listener, listenersOf, portsOf } from '../../deployment/ports.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import { isLetThrough, type Party } from './security-groups.ts';

/** Where connections to proxies come from: each has an address of its own. */
export type Source = 'katello' | 'functions' | 'clients';

/** An address that no file has: only a rule for all addresses covers it, or one for its group. */
const unknown = ['0.0.0.0/0'] as const;
const balancer: Party = { group: 'balancer', cidrs: unknown };
const instance: Party = { group: 'instance', cidrs: unknown };
/** Katello's own, the endpoints of AWS, name servers. */
const elsewhere: Party = { group: null, cidrs: unknown };

const protocolsOf = ({ protocol }: Listener): readonly Rule['protocol'][] =>
  protocol === 'TCP_UDP' ? ['tcp', 'udp'] : [protocol === 'TCP' ? 'tcp' : 'udp'];

/** What the rules around one proxy let through. They do not change in a run: each question is answered once. */
export class ProxyNetwork {
  /** Clients reach every listener that is for them. Asked for after every event, as is the next. */
  readonly isOpenToClients: boolean;
  /** The health checks of all listeners get through. */
  readonly isCheckedEverywhere: boolean;
  readonly #sources: Readonly<Record<Source, Party>>;
  readonly #firewall: Firewall;
  readonly #listeners: readonly Listener[];
  readonly #answers = new Map<string, boolean>();

  constructor({ network }: Fleet, proxy: SmartProxy, firewall: Firewall) {
    const { clientCidrs, katelloCidrs } = network;
    this.#firewall = firewall;
    this.#listeners = listenersOf(proxy.features);
    this.#sources = {
      clients: { group: null, cidrs: clientCidrs },
      katello: { group: null, cidrs: katelloCidrs },
      functions: { group: 'functions', cidrs: unknown },
    };
    this.isOpenToClients = portsOf(proxy.features)
      .filter(({ sources, healthCheck }) => sources.includes('clients') && healthCheck !== null)
      .every(({ port }) => this.reachesService('clients', port));
    this.isCheckedEverywhere = this.#listeners.every(({ port }) => this.isChecked(port));
  }

  /** Straight to the instance, as a control name leads. */
  reachesInstance(source: Source, port: number): boolean {
    return this.#once(`${source} ${port}`, () => this.#lets(this.#sources[source], instance, port));
  }

  /**
   * In at a listener and on to an instance. The group of the instances names that of the load balancer, so they
   * accept what comes through it although the address of the client is preserved
   * (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html).
   */
  reachesService(source: Source, port: number): boolean {
    return this.#once(`${source} balanced ${port}`, () => {
      const listener = this.#listeners.find((one) => one.port === port);
      if (listener === undefined) return false;
      return protocolsOf(listener).every(
        (protocol) =>
          this.#lets(this.#sources[source], balancer, port, protocol) &&
          this.#lets(balancer, instance, port, protocol),
      );
    });
  }

  /** Health checks are subject to the outbound rules of the load balancer and not to its inbound ones: same page. */
  isChecked(listenerPort: number): boolean {
    return this.#once(`checked ${listenerPort}`, () => {
      const listener = this.#listeners.find(({ port }) => port === listenerPort);
      return listener !== undefined && this.#lets(balancer, instance, listener.healthCheck.port);
    });
  }

  letsOut(group: 'functions' | 'instance', port: number): boolean {
    return this.#once(`${group} out ${port}`, () =>
      this.#lets({ group, cidrs: unknown }, elsewhere, port),
    );
  }

  /**
   * By name servers that the DHCP options of the VPC name. Security groups do not filter the VPC's own resolver
   * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html), so this is the
   * stricter case.
   */
  resolves(group: 'functions' | 'instance'): boolean {
    return this.#once(`${group} resolves`, () =>
      this.#lets({ group, cidrs: unknown }, elsewhere, 53, 'udp'),
    );
  }

  #lets(from: Party, to: Party, port: number, protocol: Rule['protocol'] = 'tcp'): boolean {
    return isLetThrough(this.#firewall, { from, to, port, protocol });
  }

  #once(question: string, answer: () => boolean): boolean {
    const known = this.#answers.get(question) ?? answer();
    this.#answers.set(question, known);
    return known;
  }
}
