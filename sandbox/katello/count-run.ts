import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Capsule } from './capsule.ts';
import type { Pulps } from './pulp.ts';
import { end, type SimulatedTask, type TaskRun } from './task.ts';

/** One `UpdateContentCounts`: asks the Pulp behind the name, repository by repository, how much it has. */
export class CountRun implements TaskRun {
  readonly #kernel: Kernel;
  readonly #pulps: Pulps;
  readonly #task: SimulatedTask;
  #timer: Timer | null = null;

  constructor(kernel: Kernel, pulps: Pulps, task: SimulatedTask) {
    this.#kernel = kernel;
    this.#pulps = pulps;
    this.#task = task;
  }

  begin(): void {
    this.#timer = this.#kernel.after(this.#kernel.random.between(1, 2), () => {
      this.#task.state = 'running';
      this.#timer = this.#kernel.after(this.#kernel.random.between(3, 15), () => this.#count());
    });
  }

  /** None of its steps is cancellable. */
  cancel(): boolean {
    return false;
  }

  halt(result: SimulatedTask['result']): boolean {
    if (this.#task.state === 'stopped') return false;
    this.#timer?.cancel();
    end(this.#task, result, this.#kernel.now());
    return true;
  }

  interrupt(): void {}

  #count(): void {
    const { capsule } = this.#task;
    const counted = this.#read(capsule);
    this.#task.progress = 1;
    if (counted === null) {
      this.#task.errors = [this.#pulps.refusal(capsule.description.name)];
      end(this.#task, 'warning', this.#kernel.now());
      return;
    }
    capsule.counted = counted;
    end(this.#task, 'success', this.#kernel.now());
  }

  #read(capsule: Capsule): Capsule['counted'] | null {
    let isReached = true;
    const counted = capsule.countWith((repository) => {
      const machine = this.#pulps.answering(capsule.description.name);
      if (machine !== null) return this.#pulps.counts(machine, capsule.pathOf(repository.id));
      isReached = false;
      return {};
    });
    return isReached ? counted : null;
  }
}
