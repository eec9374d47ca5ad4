import type { StepName } from '../../functions/steps/register.ts';

/**
 * Lambda runs as many invocations of a function at once as are reserved for it, and refuses any other. An
 * invocation counts from its request to its answer. Those of one virtual instant count as simultaneous, although the
 * sandbox runs them one after the other; one that times out counts until then.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export class ReservedConcurrency {
  readonly #limitOf: (step: StepName) => number | null;
  readonly #running = new Map<StepName, number>();

  constructor(limitOf: (step: StepName) => number | null) {
    this.#limitOf = limitOf;
  }

  /** Whether an invocation may begin; then it has to be ended. */
  begins(step: StepName): boolean {
    const running = this.#running.get(step) ?? 0;
    if (running >= (this.#limitOf(step) ?? Number.POSITIVE_INFINITY)) return false;
    this.#running.set(step, running + 1);
    return true;
  }

  ends(step: StepName): void {
    this.#running.set(step, (this.#running.get(step) ?? 0) - 1);
  }
}
