import type { HostedZones } from '../aws/hosted-zones.ts';
import type { Kernel } from '../kernel/kernel.ts';

/**
 * What answers for a network, from its cache until the TTL of an answer is over (RFC 1035, 3.2.1). When it asked last
 * decides how old the answer may be.
 */
export interface Resolver {
  resolve(name: string): string | null;
}

/** Of a network whose hosts ask all the time, as Katello's: it asks again whenever the TTL is over. */
export const sharedResolver = (zones: HostedZones, kernel: Kernel, phase: number): Resolver => ({
  resolve: (name) => {
    const ttlSeconds = zones.ttlSeconds(name);
    const cachedForSeconds = (kernel.secondsSinceStart() + phase * ttlSeconds) % (ttlSeconds || 1);
    return zones.resolve(name, { cachedForSeconds: ttlSeconds === 0 ? 0 : cachedForSeconds });
  },
});

/** Of a network in which nobody else asks, as that of the functions: it caches what they have asked for. */
export const ownResolver = (zones: HostedZones, kernel: Kernel): Resolver => {
  const askedAt = new Map<string, number>();
  return {
    resolve: (name) => {
      const now = kernel.secondsSinceStart();
      const last = askedAt.get(name) ?? Number.NEGATIVE_INFINITY;
      if (now - last >= zones.ttlSeconds(name)) askedAt.set(name, now);
      return zones.resolve(name, { cachedForSeconds: now - (askedAt.get(name) ?? now) });
    },
  };
};
