import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import { end, type SimulatedTask, type TaskRun } from './task.ts';

/** How often Foreman asks for the jobs that it has sent to a proxy. */
const watchSeconds = 600;

/**
 * A job of remote execution on one host. The machine that got it runs it and reports its end to Foreman, also from
 * Standby, and nothing is left of it when the machine is gone. Foreman asks at the address of the proxy, and fails a
 * job that the machine behind it does not know, or when nothing answers.
 */
export class JobRun implements TaskRun {
  readonly #kernel: Kernel;
  readonly #names: Names;
  readonly #machine: Machine;
  readonly #task: SimulatedTask;

  constructor(kernel: Kernel, names: Names, machine: Machine, task: SimulatedTask) {
    this.#kernel = kernel;
    this.#names = names;
    this.#machine = machine;
    this.#task = task;
  }

  begin(): void {
    this.#task.state = 'running';
    this.#watch();
  }

  /** The script has ended on the host. */
  finish(): void {
    if (this.#machine.alive) end(this.#task, 'success', this.#kernel.now());
  }

  cancel(): boolean {
    return false;
  }

  halt(result: SimulatedTask['result']): boolean {
    if (this.#task.state === 'stopped') return false;
    end(this.#task, result, this.#kernel.now());
    return true;
  }

  /** It is the proxy that runs it. */
  interrupt(): void {}

  #watch(): void {
    this.#kernel.after(watchSeconds, () => {
      if (this.#task.state === 'stopped') return;
      const { hostname } = new URL(this.#task.capsule.description.url);
      if (this.#names.connect(hostname, 'katello', 9090) === this.#machine) return this.#watch();
      this.#task.errors = ['Proxy task gone missing from the smart proxy'];
      end(this.#task, 'error', this.#kernel.now());
      const { proxy } = this.#task.capsule.description;
      this.#kernel.emit(
        'job-lost',
        proxy,
        `Foreman lost a job that ran through ${this.#machine.id}`,
      );
    });
  }
}
