import type { SimulatedAws } from '../aws/simulated-aws.ts';
import type { Faults } from '../faults/fault.ts';

interface KatelloResolverParts {
  readonly aws: SimulatedAws;
  readonly faults: Faults;
}

/** Of a resolver with a minimum TTL of its own, or a name service cache. */
const cachedSeconds = 4 * 3600;
/** In a range that no instance has. */
const addressOfNothing = '198.51.100.1';

/**
 * What may stand between Katello's host and the resolver of its network. glibc asks the hosts file before any name server
 * (https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html), a caching resolver may keep answers for longer than
 * their TTL (https://github.com/NLnetLabs/unbound/blob/master/doc/unbound.conf.5.in, cache-min-ttl), and a private
 * hosted zone answers only in the VPCs that it is associated with
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html).
 */
export class KatelloResolver {
  readonly #parts: KatelloResolverParts;
  /** What a hosts file would have, had somebody written it at the first request. */
  readonly #first = new Map<string, string>();

  constructor(parts: KatelloResolverParts) {
    this.#parts = parts;
  }

  /** `common` is what the resolver of its network answers. */
  resolve(hostName: string, proxy: string | undefined, common: string | null): string | null {
    if (common === null) return null;
    const first = this.#first.get(hostName) ?? common;
    this.#first.set(hostName, first);
    const { aws, faults } = this.#parts;
    if (faults.holds('katello-resolver-pinned', { proxy })) return first;
    if (faults.holds('katello-resolver-split', { proxy })) return addressOfNothing;
    if (!faults.holds('katello-resolver-cached', { proxy })) return common;
    return aws.zones.resolve(hostName, { cachedForSeconds: cachedSeconds }) ?? common;
  }
}
