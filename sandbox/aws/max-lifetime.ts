import type { Kernel } from '../kernel/kernel.ts';
import type { Member } from './group-member.ts';

/** Timers of JavaScript end after 24.8 days. */
const longestWaitSeconds = 20 * 86_400;

/**
 * `MaxInstanceLifetime` of a group: what has been in service for so long is replaced, unless it is protected from
 * scale-in. https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-max-instance-lifetime.html
 */
export class MaxLifetime {
  readonly #kernel: Kernel;
  readonly #milliseconds: number;
  readonly #onEnd: () => void;

  constructor(kernel: Kernel, seconds: number, onEnd: () => void) {
    this.#kernel = kernel;
    this.#milliseconds = seconds * 1000;
    this.#onEnd = onEnd;
  }

  /** Whether a machine that was launched then has reached the lifetime. */
  isOver(launchedAt: number): boolean {
    return this.#leftMs(launchedAt) <= 0;
  }

  hasEnded({ state, isProtected, joinedAt }: Member): boolean {
    return state === 'InService' && !isProtected && this.#leftMs(joinedAt) <= 0;
  }

  /** Calls `onEnd` when the lifetime of what has joined then is over. */
  watch(joinedAt: number): void {
    const leftSeconds = this.#leftMs(joinedAt) / 1000;
    this.#kernel.after(Math.min(leftSeconds, longestWaitSeconds), () => {
      if (this.#leftMs(joinedAt) > 0) this.watch(joinedAt);
      else this.#onEnd();
    });
  }

  #leftMs(joinedAt: number): number {
    return joinedAt + this.#milliseconds - this.#kernel.now();
  }
}
