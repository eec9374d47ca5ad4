import type { Swarm } from '../faults/injection.ts';
import { type InjectedFaultName, injectedFaultNames } from '../faults/kinds.ts';
import { services } from '../faults/sites.ts';
import type { Random } from '../kernel/random.ts';

/** How rough a swarm is. */
export interface Roughness {
  /** Chance that a service has a kind of fault at all in a run. */
  readonly siteChance: number;
  /** Highest chance of a fault per call, where it is on. */
  readonly rateMax: number;
}

const rateMin = 0.005;
/** Stops are by people: rare, and each ends an execution. */
const stopScale = 0.02;

type Rates = readonly (readonly [InjectedFaultName, rate: number])[];

const drawRates = (random: Random, { siteChance, rateMax }: Roughness): Rates =>
  injectedFaultNames.flatMap((fault) => {
    // Both are drawn in any case, so that one more kind of fault changes as little as can be.
    const isOn = random.next() < siteChance;
    const rate = random.between(rateMin, rateMax) * (fault === 'stopped' ? stopScale : 1);
    return isOn ? [[fault, rate] as const] : [];
  });

/** Chance that is biased for a run: most kinds of fault never happen in it, a few happen often. */
export const drawSwarm = (random: Random, roughness: Roughness): Swarm => ({
  random,
  rates: new Map(services.map((service) => [service, drawRates(random, roughness)])),
});
