import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import type { Timers } from './kernel.ts';
import { Random } from './random.ts';

const RealDate = Date;
const realSetImmediate = setImmediate;
const realSetTimeout = setTimeout;
const realClearTimeout = clearTimeout;
const RealTimeout = (() => {
  const timer = setTimeout(() => undefined);
  clearTimeout(timer);
  return timer.constructor as new () => NodeJS.Timeout;
})();

/**
 * `Date` by a virtual clock. That of the library is a proxy, in whose constructor a simulated run would spend
 * a good part of its time.
 */
const virtualDate = (clock: Clock): DateConstructor =>
  class extends RealDate {
    constructor(...of: [] | [number]) {
      super(...((of.length === 0 ? [clock.now] : of) as [number]));
    }
    static override now(): number {
      return clock.now;
    }
    /** A date is one whether it was made before the run or in it. */
    static override [Symbol.hasInstance](value: unknown): boolean {
      return RealDate[Symbol.hasInstance](value);
    }
  } as DateConstructor;

/** Lets every promise that can continue do so: a macrotask boundary drains all microtasks. */
export const drain = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));

/** The world does not come to rest: nothing happens any more, or the same things without end. */
export class NotQuiescent extends Error {
  override readonly name = 'NotQuiescent';
}

/**
 * The virtual clock. Time stands still while a function runs, and functions run one after the other, in the
 * order in which they were called: so real sockets may be used and the same seed still gives the same run.
 */
export class Driver {
  /** Virtual timers, also while a function runs. */
  readonly timers: Timers;
  readonly #clock: Clock;
  readonly #random: () => number;
  #isWorking = false;
  #queue: Promise<unknown> = Promise.resolve();
  #inFlight = 0;

  constructor(startAt: Date, seed: number, { hasSockets }: { readonly hasSockets: boolean }) {
    this.#clock = FakeTimers.install({
      now: startAt,
      toFake: ['setTimeout', 'clearTimeout'],
    });
    globalThis.Date = virtualDate(this.#clock);
    this.timers = { setTimeout, clearTimeout };
    if (hasSockets) this.#giveSocketsRealTime();
    this.#random = Math.random;
    const jitter = new Random(seed ^ 0x5bd1e995);
    // The interpreter draws the jitter of its retries from here.
    Math.random = () => jitter.next();
  }

  /** Runs `work` when everything called before it has ended; virtual time waits for it. */
  inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#inFlight += 1;
    const done = this.#queue.then(drain).then(() => this.#work(work));
    this.#queue = done
      .catch(() => undefined)
      .then(() => {
        this.#inFlight -= 1;
      });
    return done;
  }

  /** Goes from timer to timer until `isOver`; `onStep` sees the world after each. */
  async run(isOver: () => boolean, onStep: () => void): Promise<void> {
    for (;;) {
      await this.#settle();
      onStep();
      if (isOver()) return;
      if (this.#clock.countTimers() === 0)
        throw new NotQuiescent('the simulated world stands still: no timer is left');
      this.#clock.next();
    }
  }

  /** Gives real time and chance back. */
  end(): void {
    this.#clock.uninstall();
    globalThis.Date = RealDate;
    Math.random = this.#random;
  }

  async #work<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#isWorking = true;
    try {
      return await work();
    } finally {
      this.#isWorking = false;
    }
  }

  /**
   * The steps set no timers: what sets one while they run is a socket. In real time it changes nothing of
   * the run; in virtual time the number of its timers would depend on the machine.
   */
  #giveSocketsRealTime(): void {
    const { setTimeout: later, clearTimeout: cancel } = this.timers;
    const dispatch = (action: () => void, milliseconds?: number, ...rest: []) =>
      (this.#isWorking ? realSetTimeout : later)(action, milliseconds ?? 0, ...rest);
    globalThis.setTimeout = Object.assign(dispatch, {
      __promisify__: realSetTimeout.__promisify__,
    });
    globalThis.clearTimeout = (timer) => {
      if (timer instanceof RealTimeout) realClearTimeout(timer);
      else cancel(timer as unknown as NodeJS.Timeout);
    };
  }

  async #settle(): Promise<void> {
    do await drain();
    while (this.#inFlight > 0);
  }
}
