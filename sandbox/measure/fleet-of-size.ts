import type { Fleet } from '../../functions/domain/fleet.ts';

/** The fleet with copies of its proxies, under names of their own, until there are that many. */
export const fleetOfSize = (fleet: Fleet, size: number): Fleet => ({
  ...fleet,
  proxies: Array.from({ length: size }, (_, index) => {
    const original = fleet.proxies[index % fleet.proxies.length] as Fleet['proxies'][number];
    if (index < fleet.proxies.length) return original;
    const named = (name: string): string => name.replace('.', `-${index}.`);
    return {
      ...original,
      name: `${original.name}-${index}`,
      serviceName: named(original.serviceName),
      ...(original.controlName && { controlName: named(original.controlName) }),
    };
  }),
});
