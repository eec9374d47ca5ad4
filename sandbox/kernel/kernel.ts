import { Random } from './random.ts';

/** Something changed in the simulated world; the probe, the invariants and the narrator look now. */
export interface WorldEvent {
  readonly at: number;
  /** What kind of thing happened, such as `instance-launched`, `fault` or `sync-progress`. */
  readonly kind: string;
  readonly proxy?: string | undefined;
  /** One sentence for the person who watches. Empty: not worth telling. */
  readonly text: string;
}

export interface Timer {
  cancel(): void;
}

/** Where timers come from; those of the global are virtual during a run. */
export interface Timers {
  setTimeout(action: () => void, milliseconds: number): NodeJS.Timeout;
  clearTimeout(timer: NodeJS.Timeout): void;
}

/**
 * Virtual time and the seed of one simulated run. Timers are `setTimeout` of the global that the run's fake
 * clock controls, so that the interpreter of the state machines and the world share one time line.
 */
export class Kernel {
  readonly random: Random;
  readonly startedAt: number;
  readonly #observers: ((event: WorldEvent) => void)[] = [];

  readonly #timers: Timers;

  constructor(seed: number, timers: Timers = globalThis) {
    this.random = new Random(seed);
    this.#timers = timers;
    this.startedAt = Date.now();
  }

  /** Milliseconds of the epoch, virtual. */
  now(): number {
    return Date.now();
  }

  secondsSinceStart(): number {
    return (this.now() - this.startedAt) / 1000;
  }

  /** Runs `action` after that much virtual time. */
  after(seconds: number, action: () => void): Timer {
    const timer = this.#timers.setTimeout(action, Math.max(0, Math.round(seconds * 1000)));
    return { cancel: () => this.#timers.clearTimeout(timer) };
  }

  observe(observer: (event: WorldEvent) => void): void {
    this.#observers.push(observer);
  }

  emit(kind: string, proxy: string | undefined, text = ''): void {
    const event: WorldEvent = { at: this.now(), kind, proxy, text };
    for (const observer of this.#observers) observer(event);
  }
}
