import { type Firewall, firewallOf } from '../../deployment/firewall.ts';
import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import type { PathName } from '../faults/sites.ts';
import { ProxyNetwork, type Source } from './proxy-network.ts';

/** Who opens a connection: a party outside of the proxies, or the instances of one. */
export type Origin = Source | { readonly proxy: string };

/** Why a connection is not made: its packets are dropped, or the name server's answer never comes. */
export type Barrier = 'dropped' | 'unresolved';

/** What every connection of a simulated world asks first: the deployed rules, and what somebody has closed since. */
export class Paths {
  readonly #fleet: Fleet;
  readonly #katelloHost: string;
  readonly #networks: ReadonlyMap<string, ProxyNetwork>;
  /** How often each path is closed, by path and proxy. */
  readonly #closed = new Map<string, number>();

  /** Other rules than the deployed ones show what would become of a run. */
  constructor(fleet: Fleet, rules: (fleet: Fleet, proxy: SmartProxy) => Firewall = firewallOf) {
    this.#fleet = fleet;
    this.#katelloHost = new URL(fleet.katello.url).hostname;
    this.#networks = new Map(
      fleet.proxies.map((proxy) => [
        proxy.name,
        new ProxyNetwork(fleet, proxy, rules(fleet, proxy)),
      ]),
    );
  }

  of(proxy: string): ProxyNetwork {
    const network = this.#networks.get(proxy);
    if (network === undefined) throw new Error(`There is no network of the proxy ${proxy}`);
    return network;
  }

  /** Drops new connections on a path from now on: of one proxy, or of all. Call what it returns once to open it. */
  close(path: PathName, proxy: string | undefined): () => void {
    const key = keyOf(path, path === 'functions-to-katello' ? undefined : proxy);
    this.#closed.set(key, (this.#closed.get(key) ?? 0) + 1);
    return () => {
      const left = (this.#closed.get(key) ?? 1) - 1;
      if (left === 0) this.#closed.delete(key);
      else this.#closed.set(key, left);
    };
  }

  isClosed(path: PathName, proxy?: string): boolean {
    if (this.#closed.size === 0) return false;
    return this.#closed.has(keyOf(path, undefined)) || this.#closed.has(keyOf(path, proxy));
  }

  /** What keeps a new TCP connection from a name; `null` where nothing does, or where the name is not of this fleet. */
  barrier(hostName: string, origin: Origin, port: number): Barrier | null {
    if (typeof origin === 'object') return this.#fromInstance(origin.proxy, port);
    if (origin === 'functions' && !this.#any.resolves('functions')) return 'unresolved';
    if (hostName === this.#katelloHost) return dropped(this.#reachesKatello(port));
    return this.#toProxy(hostName, origin, port);
  }

  /** What keeps functions in the network of Katello from the endpoints of AWS. */
  get barrierToAws(): Barrier | null {
    if (!this.#any.resolves('functions')) return 'unresolved';
    return dropped(this.#any.letsOut('functions', 443));
  }

  /** The first boot reads archives, parameters and keys from AWS, and the agent that reports on it talks to AWS. */
  canBoot(proxy: string): boolean {
    const network = this.of(proxy);
    return network.resolves('instance') && network.letsOut('instance', 443);
  }

  /** The functions' group is one for all proxies. */
  get #any(): ProxyNetwork {
    return this.of(this.#fleet.proxies[0]?.name ?? '');
  }

  #reachesKatello(port: number): boolean {
    return this.#any.letsOut('functions', port) && !this.isClosed('functions-to-katello');
  }

  #toProxy(hostName: string, origin: Source, port: number): Barrier | null {
    for (const { name, serviceName, controlName } of this.#fleet.proxies) {
      if (hostName !== serviceName && hostName !== controlName) continue;
      if (this.isClosed(`${origin}-to-proxy`, name)) return 'dropped';
      const network = this.of(name);
      return dropped(
        hostName === serviceName
          ? network.reachesService(origin, port)
          : network.reachesInstance(origin, port),
      );
    }
    return null;
  }

  #fromInstance(proxy: string, port: number): Barrier | null {
    const network = this.#networks.get(proxy);
    if (network === undefined) return null;
    if (!network.resolves('instance')) return 'unresolved';
    return dropped(network.letsOut('instance', port) && !this.isClosed('proxy-to-katello', proxy));
  }
}

const keyOf = (path: PathName, proxy: string | undefined): string => `${path} ${proxy ?? '*'}`;

const dropped = (isLetThrough: boolean): Barrier | null => (isLetThrough ? null : 'dropped');
