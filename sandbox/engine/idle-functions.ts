import { talksToKatello } from '../../functions/steps/katello-network.ts';
import type { StepName } from '../../functions/steps/register.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** Lambda takes the network interface of a function away that nobody has called for so long. */
const idleSeconds = 14 * 86_400;
/** How long it takes to get one again: "about a minute". */
const pendingSeconds = 75;

/**
 * Functions in a VPC that fall asleep: the call that wakes one fails, as do all until it has a network interface
 * again. Unless a run has the schedules of the deployment, nothing keeps them awake, so that every run that begins
 * after a long pause meets it.
 */
export class IdleFunctions {
  readonly #kernel: Kernel;
  readonly #idleSince: number;
  readonly #calledAt = new Map<StepName, number>();
  readonly #readyAt = new Map<StepName, number>();

  constructor(kernel: Kernel, idleSecondsBefore: number) {
    this.#kernel = kernel;
    this.#idleSince = kernel.startedAt - idleSecondsBefore * 1000;
  }

  /** Whether a call that is made now fails; it counts as a call. */
  isAsleep(step: StepName): boolean {
    if (!talksToKatello(step)) return false;
    const now = this.#kernel.now();
    const idle = now - (this.#calledAt.get(step) ?? this.#idleSince);
    this.#calledAt.set(step, now);
    if (idle >= idleSeconds * 1000) this.#readyAt.set(step, now + pendingSeconds * 1000);
    return now < (this.#readyAt.get(step) ?? 0);
  }
}
