import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import { Random } from './random.ts';

const realSetImmediate = setImmediate;

/** Lets every promise that can go on do so: a macrotask boundary drains all microtasks. */
export const drain = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));

/**
 * The virtual clock. Time stands still while a function runs, and functions run one after the other, in the
 * order in which they were called: so real sockets may be used and the same seed still gives the same run.
 */
export class Driver {
  readonly #clock: Clock;
  readonly #random: () => number;
  #queue: Promise<unknown> = Promise.resolve();
  #inFlight = 0;

  constructor(startAt: Date, seed: number) {
    this.#clock = FakeTimers.install({
      now: startAt,
      toFake: ['setTimeout', 'clearTimeout', 'Date'],
    });
    this.#random = Math.random;
    const jitter = new Random(seed ^ 0x5bd1e995);
    // The interpreter draws the jitter of its retries from here.
    Math.random = () => jitter.next();
  }

  /** Runs `work` when everything called before it has ended; virtual time waits for it. */
  inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#inFlight += 1;
    const done = this.#queue.then(drain).then(work);
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
        throw new Error('the simulated world stands still: no timer is left');
      this.#clock.next();
    }
  }

  /** Gives real time and chance back. */
  end(): void {
    this.#clock.uninstall();
    Math.random = this.#random;
  }

  async #settle(): Promise<void> {
    do await drain();
    while (this.#inFlight > 0);
    await drain();
  }
}
