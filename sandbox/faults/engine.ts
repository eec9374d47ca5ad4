import type { Kernel } from '../kernel/kernel.ts';
import {
  describeFault,
  type Fault,
  type Faults,
  isInjected,
  isScheduled,
  type ScheduledFault,
} from './fault.ts';
import { Injection, type Swarm } from './injection.ts';
import { isEvent, type ScheduledFaultName } from './kinds.ts';
import { PhaseStarts } from './phase-starts.ts';
import type { WorldSite } from './sites.ts';

/** A scheduled fault, and what has become of it in this run. */
interface Entry {
  readonly fault: ScheduledFault;
  strikes: number;
  isReported: boolean;
}

/** Reverts an event. Called once. */
export type Undo = () => void;

/** Performs an event; the function that it returns reverts it. */
export type EventListener = (fault: ScheduledFault) => Undo | undefined;

/** These act on the fleet unless they name a proxy, whichever proxy's phase starts them. */
const meansFleet = ({ fault }: ScheduledFault): boolean =>
  fault === 'execution-stopped' || fault === 'started-again';

/** Decides when the faults of a run strike: in the world, as an event, or in a call. */
export class FaultEngine implements Faults {
  /** The faults of calls and functions. */
  readonly injection: Injection;
  readonly #kernel: Kernel;
  readonly #entries: readonly Entry[];
  readonly #phases = new PhaseStarts();
  readonly #listeners: EventListener[] = [];
  readonly #undos = new Set<Undo>();
  #isHealed = false;
  #scheduled = 0;

  constructor(kernel: Kernel, faults: readonly Fault[], swarm: Swarm | null = null) {
    this.#kernel = kernel;
    this.injection = new Injection(faults.filter(isInjected), swarm);
    this.#entries = faults
      .filter(isScheduled)
      .map((fault) => ({ fault, strikes: 0, isReported: false }));
    for (const entry of this.#entries) {
      const { at } = entry.fault;
      if (at === undefined || 'seconds' in at) this.#schedule(entry, at?.seconds ?? 0);
    }
  }

  /** Ends all faults. */
  heal(): void {
    this.#isHealed = true;
    this.injection.heal();
    for (const undo of this.#undos) this.#undo(undo);
  }

  /** An event will still happen. */
  get hasScheduled(): boolean {
    return !this.#isHealed && this.#scheduled > 0;
  }

  strikes(name: ScheduledFaultName, site: WorldSite = {}): boolean {
    const entry = this.#inForce(name, site);
    if (entry === undefined) return false;
    entry.strikes += 1;
    this.#report(entry, site.proxy);
    return true;
  }

  holds(name: ScheduledFaultName, site: WorldSite = {}): boolean {
    const entry = this.#inForce(name, site);
    if (entry === undefined) return false;
    this.#report(entry, site.proxy);
    return true;
  }

  /** A fault that waits for a phase begins when that starts for the first time. */
  phaseStarted(proxy: string, phase: string): void {
    for (const name of this.#phases.begin(proxy, phase, this.#kernel.secondsSinceStart()))
      for (const entry of this.#entries) this.#beginWithPhase(entry, proxy, name);
  }

  /** Called when an event is due; one that began with a phase names its proxy. */
  onEvent(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  #beginWithPhase(entry: Entry, proxy: string, phase: string): void {
    const { at, proxy: only } = entry.fault;
    if (at === undefined || !('phase' in at) || at.phase !== phase) return;
    if (only === undefined || only === proxy) this.#schedule(entry, at.afterSeconds ?? 0, proxy);
  }

  #schedule(entry: Entry, seconds: number, proxy = entry.fault.proxy): void {
    if (!isEvent(entry.fault.fault)) return;
    this.#scheduled += 1;
    this.#kernel.after(seconds, () => {
      this.#scheduled -= 1;
      if (this.#isHealed || isUsedUp(entry)) return;
      entry.strikes += 1;
      this.#happen(meansFleet(entry.fault) ? entry.fault : { ...entry.fault, proxy });
    });
  }

  #happen(fault: ScheduledFault): void {
    // Each time is reported by itself.
    this.#kernel.emit('fault', fault.proxy, describeFault({ ...fault, times: undefined }));
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

  #inForce(name: ScheduledFaultName, site: WorldSite): Entry | undefined {
    if (this.#isHealed) return undefined;
    return this.#entries.find(
      (entry) =>
        entry.fault.fault === name &&
        !isUsedUp(entry) &&
        (entry.fault.service === undefined || entry.fault.service === site.service) &&
        isOfAction(entry.fault, site) &&
        this.#beginnings(entry.fault, site).some((begin) => this.#isWithin(entry.fault, begin)),
    );
  }

  #isWithin({ forSeconds = Number.POSITIVE_INFINITY }: ScheduledFault, begin: number): boolean {
    const now = this.#kernel.secondsSinceStart();
    return begin <= now && now < begin + forSeconds;
  }

  /** When the fault began for this place. A place without a proxy is hit by the faults of any. */
  #beginnings({ at, proxy }: ScheduledFault, site: WorldSite): readonly number[] {
    if (proxy !== undefined && site.proxy !== undefined && proxy !== site.proxy) return [];
    if (at === undefined) return [0];
    if ('seconds' in at) return [at.seconds];
    const { phase, afterSeconds = 0 } = at;
    return this.#phases.of(phase, proxy ?? site.proxy).map((begun) => begun + afterSeconds);
  }

  /** Reported once, after the world has finished the operation that asked. */
  #report(entry: Entry, proxy: string | undefined): void {
    if (entry.isReported) return;
    entry.isReported = true;
    this.#kernel.after(0, () => this.#kernel.emit('fault', proxy, describeFault(entry.fault)));
  }
}

/** A service with a star means every action of it, as in a policy. */
const isOfAction = ({ action }: ScheduledFault, { action: asked = '' }: WorldSite): boolean =>
  action === undefined ||
  action === asked ||
  (action.endsWith(':*') && asked.startsWith(action.slice(0, -1)));

const isUsedUp = ({ fault, strikes }: Entry): boolean =>
  fault.times !== undefined && strikes >= fault.times;
