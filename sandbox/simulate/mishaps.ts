import type { Random } from '../kernel/random.ts';

/** What can befall one call, or one invocation of a function. */
export const mishaps = [
  'lost-before',
  'lost-after',
  'throttled',
  'stale',
  'twice',
  'killed-before',
  'killed-after',
  'stopped',
] as const;
export type Mishap = (typeof mishaps)[number];

/** Where it befalls: a call to a service, or the invocation of a step. */
export interface Site {
  readonly service: string;
  readonly operation: string;
  readonly isRead: boolean;
}

export interface Mishaps {
  /** What befalls this call, if anything. Asked once per call. */
  at(site: Site): Mishap | null;
}

/** Sites are switched on for a whole run with one chance in four, and then strike at their own rate. */
const [siteChance, rateMin, rateMax] = [0.25, 0.005, 0.12] as const;

/** Chance that is biased for a run: most sites never fail in it, a few fail often. */
export class SwarmMishaps implements Mishaps {
  struck = 0;
  readonly #random: Random;
  readonly #rates = new Map<string, number>();
  #isOver = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isOver = true;
  }

  at(site: Site): Mishap | null {
    if (this.#isOver) return null;
    for (const mishap of mishaps) {
      if (this.#random.next() >= this.#rate(site, mishap)) continue;
      this.struck += 1;
      return mishap;
    }
    return null;
  }

  #rate({ service, isRead }: Site, mishap: Mishap): number {
    if (mishap === 'stale' && !isRead) return 0;
    const key = `${service}/${mishap}`;
    const known = this.#rates.get(key);
    if (known !== undefined) return known;
    const isOn = this.#random.next() < siteChance;
    const scale = mishap === 'stopped' ? 0.02 : 1;
    const rate = isOn ? this.#random.between(rateMin, rateMax) * scale : 0;
    this.#rates.set(key, rate);
    return rate;
  }
}

/** One mishap at one position of a run, and none elsewhere. */
export class MishapAt implements Mishaps {
  /** Calls that were made so far. */
  calls = 0;
  site: Site | null = null;
  readonly #position: number;
  readonly #mishap: Mishap;

  constructor(position: number, mishap: Mishap) {
    this.#position = position;
    this.#mishap = mishap;
  }

  at(site: Site): Mishap | null {
    const isHere = this.calls === this.#position;
    this.calls += 1;
    if (!isHere) return null;
    this.site = site;
    return this.#mishap;
  }
}
