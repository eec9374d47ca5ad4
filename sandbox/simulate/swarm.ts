import {
  CallCounter,
  isMisleading,
  type Mishap,
  type Mishaps,
  mishaps,
  type Service,
  type Site,
  type Struck,
  services,
} from '../faults/sites.ts';
import type { Random } from '../kernel/random.ts';

/** How rough a swarm is. */
export interface Roughness {
  /** Chance that a service has a kind of mishap at all in a run. */
  readonly siteChance: number;
  /** Highest chance of a mishap per call, where it is on. */
  readonly rateMax: number;
}

const rateMin = 0.005;
/** Stops are by people: rare, and each ends an execution. */
const stopScale = 0.02;

type Rates = readonly (readonly [mishap: Mishap, rate: number])[];

const drawRates = (random: Random, { siteChance, rateMax }: Roughness): Rates =>
  mishaps.flatMap((mishap) => {
    // Both are drawn in any case, so that one more kind of mishap changes as little as can be.
    const isOn = random.next() < siteChance;
    const rate = random.between(rateMin, rateMax) * (mishap === 'stopped' ? stopScale : 1);
    return isOn ? [[mishap, rate] as const] : [];
  });

/** Chance that is biased for a run: most kinds of mishap never happen in it, a few happen often. */
export class SwarmMishaps implements Mishaps {
  readonly struck: Struck[] = [];
  readonly misleading: ReadonlySet<Service>;
  readonly #random: Random;
  readonly #rates: ReadonlyMap<Service, Rates>;
  readonly #stale: ReadonlySet<Service>;
  readonly #counter = new CallCounter();
  #isOver = false;

  constructor(random: Random, roughness: Roughness) {
    this.#random = random;
    this.#rates = new Map(services.map((service) => [service, drawRates(random, roughness)]));
    this.misleading = this.#servicesWith(isMisleading);
    this.#stale = this.#servicesWith((mishap) => mishap === 'stale');
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isOver = true;
  }

  canBeStale(service: Service): boolean {
    return this.#stale.has(service);
  }

  at(site: Site): Mishap | null {
    const nth = this.#counter.count(site);
    if (this.#isOver) return null;
    const mishap = this.#draw(site);
    if (mishap === null || (mishap === 'stale' && !site.isRead)) return null;
    const { service, operation } = site;
    this.struck.push({ service, operation, nth, mishap });
    return mishap;
  }

  #servicesWith(isOne: (mishap: Mishap) => boolean): ReadonlySet<Service> {
    const found = [...this.#rates].filter(([, rates]) => rates.some(([mishap]) => isOne(mishap)));
    return new Set(found.map(([service]) => service));
  }

  #draw({ service }: Site): Mishap | null {
    let draw = this.#random.next();
    for (const [mishap, rate] of this.#rates.get(service) ?? []) {
      if (draw < rate) return mishap;
      draw -= rate;
    }
    return null;
  }
}
