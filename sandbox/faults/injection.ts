import {
  type Call,
  CallCounter,
  isMisleading,
  type Mishap,
  type Mishaps,
  type Service,
  type Site,
  type Struck,
} from './sites.ts';

const keyOf = ({ service, operation }: Pick<Site, 'service' | 'operation'>, nth: number): string =>
  `${service} ${operation} ${nth}`;

/** These mishaps and no others. */
export class KeptMishaps implements Mishaps {
  readonly struck: Struck[] = [];
  /** Every call that was made, for whoever wants to enumerate them. */
  readonly calls: Call[] = [];
  readonly #kept: ReadonlyMap<string, Struck>;
  readonly misleading: ReadonlySet<Service>;
  readonly #stale: ReadonlySet<Service>;
  readonly #counter = new CallCounter();

  constructor(kept: readonly Struck[]) {
    this.#kept = new Map(kept.map((struck) => [keyOf(struck, struck.nth), struck]));
    const servicesWith = (isOne: (mishap: Mishap) => boolean): ReadonlySet<Service> =>
      new Set(kept.filter(({ mishap }) => isOne(mishap)).map(({ service }) => service));
    this.#stale = servicesWith((mishap) => mishap === 'stale');
    this.misleading = servicesWith(isMisleading);
  }

  canBeStale(service: Service): boolean {
    return this.#stale.has(service);
  }

  at(site: Site): Mishap | null {
    const nth = this.#counter.count(site);
    this.calls.push({ ...site, nth });
    const struck = this.#kept.get(keyOf(site, nth));
    if (struck === undefined) return null;
    this.struck.push(struck);
    return struck.mishap;
  }
}
