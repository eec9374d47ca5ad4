import type { Kernel } from '../kernel/kernel.ts';
import { renderDuration } from '../scenario/duration.ts';
import {
  type Fault,
  type FaultName,
  type FaultSite,
  type Faults,
  faultNames,
  isHappening,
} from './kinds.ts';

/** A fault of the scenario, and what has become of it in this run. */
interface Entry {
  readonly fault: Fault;
  strikes: number;
  isTold: boolean;
}

/** Puts back what a fault has changed. Run once. */
export type Undo = () => void;

/** Lets a fault happen; what it gives back is run when the fault is over. */
export type HappeningListener = (fault: Fault) => Undo | undefined;

/** Begun with whosever phase, these are about the fleet unless they name a proxy. */
const meansFleet = ({ fault }: Fault): boolean =>
  fault === 'execution-stopped' || fault === 'started-again';

/** Phases in which a complete sync runs: in the first with two names, in the second with one. */
const syncPhases: readonly string[] = ['fill', 'changeover'];

const whatItDoes = ({ fault, service, target = 'incumbent' }: Fault): string => {
  const text = faultNames[fault].replace('the incumbent or the replacement', `the ${target}`);
  return service === undefined ? text : `${text} (${service})`;
};

const describe = (fault: Fault, { forSeconds, times } = fault): string =>
  [
    whatItDoes(fault),
    forSeconds === undefined ? '' : `for ${renderDuration(forSeconds)}`,
    times === undefined || times === 1 ? '' : `${times} times`,
  ]
    .filter(Boolean)
    .join(', ');

/** The faults of a scenario, in one run. */
export class ScenarioFaults implements Faults {
  #isHealed = false;
  readonly #kernel: Kernel;
  readonly #entries: readonly Entry[];
  /** When each phase of each proxy began first, in seconds since the start of the run. */
  readonly #phases = new Map<string, Map<string, number>>();
  readonly #listeners: HappeningListener[] = [];
  readonly #undos = new Set<Undo>();
  #scheduled = 0;

  constructor(kernel: Kernel, faults: readonly Fault[]) {
    this.#kernel = kernel;
    this.#entries = faults.map((fault) => ({ fault, strikes: 0, isTold: false }));
    for (const entry of this.#entries) {
      const { at } = entry.fault;
      if (at === undefined || 'seconds' in at) this.#schedule(entry, at?.seconds ?? 0);
    }
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isHealed = true;
    for (const undo of this.#undos) this.#undo(undo);
  }

  /** Something will still happen by itself. */
  get hasScheduled(): boolean {
    return !this.#isHealed && this.#scheduled > 0;
  }

  strikes(name: FaultName, site: FaultSite = {}): boolean {
    const entry = this.#inForce(name, site);
    if (entry === undefined) return false;
    entry.strikes += 1;
    this.#tell(entry, site.proxy);
    return true;
  }

  holds(name: FaultName, site: FaultSite = {}): boolean {
    const entry = this.#inForce(name, site);
    if (entry === undefined) return false;
    this.#tell(entry, site.proxy);
    return true;
  }

  /** A fault that waits for a phase begins when that starts for the first time. */
  phaseStarted(proxy: string, phase: string): void {
    const begun = this.#phases.get(proxy) ?? new Map<string, number>();
    this.#phases.set(proxy, begun);
    const names = syncPhases.includes(phase) ? [phase, 'sync'] : [phase];
    for (const name of names.filter((candidate) => !begun.has(candidate))) {
      begun.set(name, this.#kernel.secondsSinceStart());
      for (const entry of this.#entries) this.#beginWithPhase(entry, proxy, name);
    }
  }

  /** Called when a fault that happens by itself is due; one that began with a phase names its proxy. */
  onDue(listener: HappeningListener): void {
    this.#listeners.push(listener);
  }

  #beginWithPhase(entry: Entry, proxy: string, phase: string): void {
    const { at, proxy: only } = entry.fault;
    if (at === undefined || !('phase' in at) || at.phase !== phase) return;
    if (only === undefined || only === proxy) this.#schedule(entry, at.afterSeconds ?? 0, proxy);
  }

  #schedule(entry: Entry, seconds: number, proxy = entry.fault.proxy): void {
    if (!isHappening(entry.fault.fault)) return;
    this.#scheduled += 1;
    this.#kernel.after(seconds, () => {
      this.#scheduled -= 1;
      if (this.#isHealed || this.#isUsedUp(entry)) return;
      entry.strikes += 1;
      this.#happen(meansFleet(entry.fault) ? entry.fault : { ...entry.fault, proxy });
    });
  }

  #happen(fault: Fault): void {
    // How often is said by how often it is told.
    this.#kernel.emit('fault', fault.proxy, describe(fault, { ...fault, times: undefined }));
    for (const listener of this.#listeners) {
      const undo = listener(fault);
      if (undo === undefined) continue;
      this.#undos.add(undo);
      if (fault.forSeconds !== undefined)
        this.#kernel.after(fault.forSeconds, () => this.#undo(undo));
    }
  }

  #undo(undo: Undo): void {
    if (this.#undos.delete(undo)) undo();
  }

  #inForce(name: FaultName, site: FaultSite): Entry | undefined {
    if (this.#isHealed) return undefined;
    return this.#entries.find(
      (entry) =>
        entry.fault.fault === name &&
        !this.#isUsedUp(entry) &&
        (entry.fault.service === undefined || entry.fault.service === site.service) &&
        this.#beginnings(entry.fault, site).some((begin) => this.#isWithin(entry.fault, begin)),
    );
  }

  #isUsedUp({ fault, strikes }: Entry): boolean {
    return fault.times !== undefined && strikes >= fault.times;
  }

  #isWithin({ forSeconds = Number.POSITIVE_INFINITY }: Fault, begin: number): boolean {
    const now = this.#kernel.secondsSinceStart();
    return begin <= now && now < begin + forSeconds;
  }

  /** When the fault began for this place. A place without a proxy is hit by the faults of any. */
  #beginnings({ at, proxy }: Fault, site: FaultSite): readonly number[] {
    if (proxy !== undefined && site.proxy !== undefined && proxy !== site.proxy) return [];
    if (at === undefined) return [0];
    if ('seconds' in at) return [at.seconds];
    const only = proxy ?? site.proxy;
    const proxies = only === undefined ? [...this.#phases.keys()] : [only];
    return proxies
      .map((name) => this.#phases.get(name)?.get(at.phase))
      .filter((begun) => begun !== undefined)
      .map((begun) => begun + (at.afterSeconds ?? 0));
  }

  /** Told once, and not before the world has finished what it was doing when it asked. */
  #tell(entry: Entry, proxy: string | undefined): void {
    if (entry.isTold) return;
    entry.isTold = true;
    this.#kernel.after(0, () => this.#kernel.emit('fault', proxy, describe(entry.fault)));
  }
}
