import type { Random } from '../kernel/random.ts';
import type { InjectedFault } from './fault.ts';
import type { InjectedFaultName } from './kinds.ts';
import { type Call, type CallSite, type Service, services } from './sites.ts';

/** Chance by which faults strike calls: a few kinds for each service, each at its own rate. */
export interface Swarm {
  readonly random: Random;
  readonly rates: ReadonlyMap<Service, readonly (readonly [InjectedFaultName, rate: number])[]>;
}

/** What a call asks of whoever injects faults. */
export interface CallFaults {
  /** What goes wrong with this call, if anything. Asked once per call. */
  strikeAt(site: CallSite): InjectedFaultName | null;
  /** Whether this service can give stale answers, so that earlier ones have to be kept. */
  canBeStale(service: Service): boolean;
  /** Services whose answers, or effects, can be late: what was decided on them need not be right. */
  readonly misleading: ReadonlySet<Service>;
}

/** Decides which calls of a run go wrong: the nth ones that are given, and those that a swarm hits. */
export class Injection implements CallFaults {
  /** Faults that struck, oldest first. */
  readonly injected: InjectedFault[] = [];
  /** Every call that a fault could have struck, for enumeration. */
  readonly calls: Call[] = [];
  readonly misleading: ReadonlySet<Service>;
  readonly #given: ReadonlyMap<string, InjectedFaultName>;
  readonly #swarm: Swarm | null;
  readonly #stale: ReadonlySet<Service>;
  readonly #counts = new Map(services.map((service) => [service, new Map<string, number>()]));
  #isHealed = false;

  constructor(given: readonly InjectedFault[], swarm: Swarm | null) {
    this.#given = new Map(given.map((one) => [keyOf(one), one.fault]));
    this.#swarm = swarm;
    const possible = [
      ...given.map(({ service, fault }) => [service, fault] as const),
      ...[...(swarm?.rates ?? [])].flatMap(([service, rates]) =>
        rates.map(([fault]) => [service, fault] as const),
      ),
    ];
    const servicesWith = (...faults: readonly InjectedFaultName[]): ReadonlySet<Service> =>
      new Set(possible.flatMap(([service, fault]) => (faults.includes(fault) ? [service] : [])));
    this.#stale = servicesWith('stale');
    this.misleading = servicesWith('stale', 'slow');
  }

  /** Ends all faults of calls. */
  heal(): void {
    this.#isHealed = true;
  }

  canBeStale(service: Service): boolean {
    return this.#stale.has(service);
  }

  strikeAt(site: CallSite): InjectedFaultName | null {
    if (this.#isHealed) return null;
    const call = { ...site, nth: this.#count(site) };
    this.calls.push(call);
    const fault = this.#given.get(keyOf(call)) ?? this.#draw(site);
    if (fault === null) return null;
    const { service, operation, nth } = call;
    this.injected.push({ fault, service, operation, nth });
    return fault;
  }

  /** How many calls of the operation there have been, this one included. */
  #count({ service, operation }: CallSite): number {
    const ofService = this.#counts.get(service);
    const nth = (ofService?.get(operation) ?? 0) + 1;
    ofService?.set(operation, nth);
    return nth;
  }

  #draw({ service, isRead }: CallSite): InjectedFaultName | null {
    if (this.#swarm === null) return null;
    let draw = this.#swarm.random.next();
    for (const [fault, rate] of this.#swarm.rates.get(service) ?? []) {
      if (draw < rate) return fault === 'stale' && !isRead ? null : fault;
      draw -= rate;
    }
    return null;
  }
}

const keyOf = ({ service, operation, nth }: Pick<Call, 'service' | 'operation' | 'nth'>): string =>
  `${service} ${operation} ${nth}`;
