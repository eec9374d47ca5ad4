import type { Kernel, Timer } from '../kernel/kernel.ts';

export interface LaunchHook {
  readonly name: string;
  readonly heartbeatSeconds: number;
  readonly defaultResult: 'CONTINUE' | 'ABANDON';
}

/** However often it is prolonged, a hook ends after 48 h or 100 heartbeats, whichever is sooner. */
const globalTimeoutSeconds = ({ heartbeatSeconds }: LaunchHook): number =>
  Math.min(48 * 3600, 100 * heartbeatSeconds);

/** The hook of one instance in `Pending:Wait`. */
export class OpenHook {
  readonly name: string;
  readonly #hook: LaunchHook;
  readonly #kernel: Kernel;
  readonly #endsAt: number;
  readonly #onTimeout: (result: LaunchHook['defaultResult']) => void;
  #timeoutAt: number;
  #timer: Timer;

  constructor(
    hook: LaunchHook,
    kernel: Kernel,
    onTimeout: (result: LaunchHook['defaultResult']) => void,
  ) {
    this.name = hook.name;
    this.#hook = hook;
    this.#kernel = kernel;
    this.#onTimeout = onTimeout;
    this.#endsAt = kernel.now() + globalTimeoutSeconds(hook) * 1000;
    this.#timeoutAt = this.#nextTimeoutAt();
    this.#timer = this.#wait();
  }

  heartbeat(): void {
    this.#timeoutAt = this.#nextTimeoutAt();
  }

  /** As when the time is over. */
  expire(): void {
    this.close();
    this.#onTimeout(this.#hook.defaultResult);
  }

  close(): void {
    this.#timer.cancel();
  }

  #nextTimeoutAt(): number {
    return Math.min(this.#kernel.now() + this.#hook.heartbeatSeconds * 1000, this.#endsAt);
  }

  /** A heartbeat moves the time and not the timer, which then finds that it is early. */
  #wait(): Timer {
    return this.#kernel.after((this.#timeoutAt - this.#kernel.now()) / 1000, () => {
      if (this.#kernel.now() < this.#timeoutAt) this.#timer = this.#wait();
      else this.#onTimeout(this.#hook.defaultResult);
    });
  }
}
