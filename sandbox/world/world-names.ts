import type { Fleet } from '../../functions/domain/fleet.ts';
import type { SimulatedAws } from '../aws/simulated-aws.ts';
import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import type { Machine, Machines } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import type { Barrier, Origin, Paths } from '../network/paths.ts';
import type { Source } from '../network/proxy-network.ts';
import { KatelloResolver } from './katello-resolver.ts';
import type { Neighbours } from './neighbours.ts';
import { ownResolver, type Resolver, sharedResolver } from './resolver.ts';

/** How long ago a resolver may have asked that holds on to its answers. */
const staleSeconds = 600;

export interface WorldNamesParts {
  readonly kernel: Kernel;
  readonly fleet: Fleet;
  readonly aws: SimulatedAws;
  readonly machines: Machines;
  readonly paths: Paths;
  readonly faults: Faults;
  readonly neighbours: Neighbours | null;
}

/** Where a new connection to a name ends at this moment, by the resolver of whoever connects. */
export class WorldNames implements Names {
  readonly #parts: WorldNamesParts;
  readonly #resolvers: Readonly<Record<Source, Resolver>>;
  readonly #katello: KatelloResolver;

  constructor(parts: WorldNamesParts) {
    this.#parts = parts;
    const { kernel, aws } = parts;
    const phase = new Random(kernel.startedAt).next();
    this.#resolvers = {
      katello: sharedResolver(aws.zones, kernel, phase),
      functions: ownResolver(aws.zones, kernel),
      clients: ownResolver(aws.zones, kernel),
    };
    this.#katello = new KatelloResolver(parts);
  }

  barrier(hostName: string, origin: Origin, port: number): Barrier | null {
    return this.#parts.paths.barrier(hostName, origin, port);
  }

  connect(hostName: string, source: Source, port: number): Machine | null {
    if (this.barrier(hostName, source, port) !== null) return null;
    const { fleet, aws, machines, neighbours } = this.#parts;
    const served = fleet.proxies.find(({ serviceName }) => serviceName === hostName);
    if (served !== undefined) return aws.balancers.connect(served.name, source);
    const address = this.#resolve(hostName, source);
    if (address === null) return neighbours?.connect(hostName) ?? null;
    return machines.byIp(address) ?? null;
  }

  #resolve(hostName: string, source: Source): string | null {
    const { aws, faults, fleet } = this.#parts;
    const proxy = fleet.proxies.find(({ controlName }) => controlName === hostName)?.name;
    const now = this.#resolvers[source].resolve(hostName);
    const before = aws.zones.resolve(hostName, { cachedForSeconds: staleSeconds });
    const isStale = now !== before && faults.holds('dns-cached', { proxy });
    const common = isStale ? before : now;
    return source === 'katello' ? this.#katello.resolve(hostName, proxy, common) : common;
  }
}
