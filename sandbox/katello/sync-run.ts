import type { ScheduledFaultName } from '../faults/kinds.ts';
import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Capsule } from './capsule.ts';
import type { Gateways } from './gateways.ts';
import type { Pulps } from './pulp.ts';
import type { Repository } from './repositories.ts';
import { RepositorySyncs, repositoryFaults } from './repository-syncs.ts';
import { type Chunk, planChunks } from './sync-plan.ts';
import { end, type SimulatedTask, type TaskRun } from './task.ts';

/** Faults by which a sync goes wrong, whatever the machines do. */
export const syncFaults = [
  'sync-fails',
  'sync-warns',
  'sync-pauses',
  'sync-hangs',
  'sync-incomplete',
  'repository-empty',
  'files-missing',
] as const satisfies readonly ScheduledFaultName[];
export type SyncFault = (typeof syncFaults)[number];

export interface SyncOrder {
  readonly task: SimulatedTask;
  readonly capsule: Capsule;
  readonly repositories: readonly Repository[];
  readonly seconds: number;
  readonly fault: SyncFault | null;
  readonly gateways: Gateways;
  readonly onEnd: (task: SimulatedTask) => void;
}

/** Katello cancels what is in work: one batch of repositories; the following batches still run. */
const batchSize = 100;
const retrySeconds = 16;
const mostProgressEvents = 18;

/** One `Actions::Katello::CapsuleContent::Sync`, from planned to its end, in virtual time. */
export class SyncRun implements TaskRun {
  readonly #kernel: Kernel;
  readonly #order: SyncOrder;
  readonly #chunks: readonly Chunk[];
  readonly #syncs: RepositorySyncs;
  #timer: Timer | null = null;
  #pending: (() => void) | null = null;
  #index = -1;
  /** Repositories before this index have been cancelled, or are done. */
  #cancelledBefore = 0;
  #progressEvents = 0;
  #isRefreshing = false;

  constructor(kernel: Kernel, pulps: Pulps, order: SyncOrder) {
    const { task, repositories, seconds, fault } = order;
    const ofOne = repositoryFaults.find((kind) => kind === fault) ?? null;
    this.#kernel = kernel;
    this.#order = order;
    this.#chunks = planChunks(repositories, seconds);
    this.#syncs = new RepositorySyncs(kernel, pulps, task, repositories, ofOne);
  }

  begin(): void {
    this.#after(this.#kernel.random.between(1, 3), () => this.#run());
  }

  cancel(): boolean {
    const { task, repositories } = this.#order;
    if (task.state !== 'running' || this.#isRefreshing) return false;
    const batch = Math.floor(this.#syncs.handled / batchSize) + 1;
    this.#cancelledBefore = Math.min(repositories.length, batch * batchSize);
    if (repositories.length === 0) this.#syncs.addError('Task canceled');
    this.#syncs.cancel();
    this.#after(2, () => this.#nextChunk());
    return true;
  }

  halt(result: SimulatedTask['result']): boolean {
    if (this.#order.task.state === 'stopped') return false;
    this.#finish(result);
    return true;
  }

  interrupt(seconds: number): void {
    const { task } = this.#order;
    const pending = this.#pending;
    if (task.state !== 'running') return;
    task.state = 'paused';
    this.#after(seconds, () => {
      task.state = 'running';
      if (pending !== null) this.#after(1, pending);
    });
  }

  #run(): void {
    const { task, repositories } = this.#order;
    task.state = 'running';
    // Beside the repositories and not after them: plan_self comes before the sequence in SyncCapsule#plan.
    this.#order.gateways.push(this.#order.capsule);
    if (this.#syncs.answering() === null) {
      this.#pause(this.#syncs.refusal());
      return;
    }
    this.#isRefreshing = true;
    task.progress = 0.07;
    this.#syncs.create(repositories);
    this.#after(this.#kernel.random.between(1, 3), () => {
      this.#isRefreshing = false;
      this.#nextChunk();
    });
  }

  #nextChunk(): void {
    this.#index += 1;
    const chunk = this.#chunks[this.#index];
    // Progress falls when the steps of a batch are planned.
    this.#order.task.progress = this.#share();
    if (this.#meetsFault()) return;
    if (chunk === undefined) {
      this.#conclude();
      return;
    }
    this.#tell();
    this.#syncs.start(chunk.repositories, (index) => index < this.#cancelledBefore);
    if (!this.#syncs.isWorking) this.#after(1, () => this.#nextChunk());
    else if (this.#order.fault !== 'sync-hangs' || !this.#isHalfWay())
      this.#poll(chunk, chunk.polls);
  }

  /** Faults strike in the middle, when something has been done and something has not. */
  #meetsFault(): boolean {
    if (!this.#isHalfWay()) return false;
    const { fault } = this.#order;
    if (fault === 'sync-pauses') this.#pause('Pulp task error: the remote refuses the connection');
    else if (fault === 'sync-fails') this.#fail('Pulp task error: the worker has gone missing');
    else if (this.#syncs.isDiskFull) this.#fail('Pulp task error: no space left on device');
    else return fault === 'sync-hangs' && this.#chunks.length === 0;
    return true;
  }

  #isHalfWay(): boolean {
    return this.#index === Math.floor(this.#chunks.length / 2);
  }

  #poll(chunk: Chunk, pollsLeft: number): void {
    const seconds = this.#syncs.isRetrying ? retrySeconds : chunk.seconds / chunk.polls;
    this.#after(seconds, () => {
      this.#syncs.poll();
      if (this.#syncs.isRetrying) return this.#poll(chunk, pollsLeft);
      if (this.#syncs.isWorking && pollsLeft > 1) return this.#poll(chunk, pollsLeft - 1);
      this.#syncs.complete();
      this.#nextChunk();
    });
  }

  #conclude(): void {
    const { task, fault, repositories } = this.#order;
    if (repositories.length === 0 && fault === 'sync-warns') {
      this.#syncs.addError('Container gateway: 503');
    }
    task.progress = 1;
    this.#finish(task.errors.length > 0 ? 'warning' : 'success');
  }

  #fail(reason: string): void {
    this.#syncs.addError(reason);
    this.#finish('error');
  }

  #pause(reason: string): void {
    const { task } = this.#order;
    this.#syncs.addError(reason);
    task.state = 'paused';
    task.result = 'error';
    this.#emit('sync-ended', ` paused, waiting for a person: ${reason}`);
  }

  #finish(result: SimulatedTask['result']): void {
    const { task, onEnd } = this.#order;
    this.#timer?.cancel();
    this.#pending = null;
    end(task, result, this.#kernel.now());
    const reason = result === 'success' ? '' : `: ${task.errors[0] ?? 'halted'}`;
    this.#emit('sync-ended', ` ended with ${result}${reason}`);
    onEnd(task);
  }

  #tell(): void {
    const due = Math.floor(this.#share() * mostProgressEvents);
    if (due <= this.#progressEvents) return;
    this.#progressEvents = due;
    this.#emit('sync-progress', `: ${Math.round(this.#share() * 100)} %`);
  }

  #emit(kind: string, what: string): void {
    const { name, proxy } = this.#order.capsule.description;
    this.#kernel.emit(kind, proxy, `sync of ${name}${what}`);
  }

  #share(): number {
    const { repositories } = this.#order;
    if (repositories.length === 0) return 0.5;
    return Math.round((0.04 + 0.94 * (this.#syncs.handled / repositories.length)) * 100) / 100;
  }

  #after(seconds: number, action: () => void): void {
    this.#timer?.cancel();
    this.#pending = action;
    this.#timer = this.#kernel.after(seconds, action);
  }
}
