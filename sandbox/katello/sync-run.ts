import type { Kernel, Timer } from '../kernel/kernel.ts';
import type { Machine } from '../world/machines.ts';
import type { Capsule } from './capsule.ts';
import type { Pulps } from './pulp.ts';
import { type Repository, unitsOf } from './repositories.ts';
import { type Lane, planLanes } from './sync-plan.ts';
import { end, type Run, type SimulatedTask } from './task.ts';

/** How a sync goes wrong by itself, whatever the machines do. */
export type Mishap = 'fails' | 'warns' | 'pauses' | 'hangs' | 'incomplete';

export interface SyncOrder {
  readonly task: SimulatedTask;
  readonly capsule: Capsule;
  readonly repositories: readonly Repository[];
  readonly seconds: number;
  readonly mishap: Mishap | null;
  readonly onEnd: (task: SimulatedTask) => void;
}

/** A repository whose sync was started, on the machine that took the request. */
interface Started {
  readonly repository: Repository;
  readonly machine: Machine;
  failedPolls: number;
}

/** Katello cancels what is in work: one batch of repositories; the following batches still run. */
const batchSize = 100;
const failedPollsAllowed = 2;
const retrySeconds = 16;
const mostProgressEvents = 18;

/**
 * One `Actions::Katello::CapsuleContent::Sync`. Every request that it sends to Pulp resolves the proxy's name
 * anew, and knows nothing of which machine answered the one before: that is how a sync fills the wrong machine
 * or scatters over two.
 */
export class SyncRun implements Run {
  readonly #kernel: Kernel;
  readonly #pulps: Pulps;
  readonly #order: SyncOrder;
  readonly #lanes: readonly Lane[];
  #timer: Timer | null = null;
  #pending: (() => void) | null = null;
  #lane = -1;
  #started: Started[] = [];
  /** Repositories before this index have been cancelled, or are done. */
  #cancelledBefore = 0;
  #handled = 0;
  #progressEvents = 0;
  #isRefreshing = false;

  constructor(kernel: Kernel, pulps: Pulps, order: SyncOrder) {
    this.#kernel = kernel;
    this.#pulps = pulps;
    this.#order = order;
    this.#lanes = planLanes(order.repositories, order.seconds);
  }

  begin(): void {
    this.#after(this.#kernel.random.between(1, 3), () => this.#run());
  }

  cancel(): boolean {
    const { task, repositories } = this.#order;
    if (task.state !== 'running' || this.#isRefreshing) return false;
    const batch = Math.floor(this.#handled / batchSize) + 1;
    this.#cancelledBefore = Math.min(repositories.length, batch * batchSize);
    for (const { repository } of this.#started) this.#skip(repository, 'Task canceled');
    this.#started = [];
    if (repositories.length === 0) this.#addError('Task canceled');
    this.#after(2, () => this.#nextLane());
    return true;
  }

  halt(): boolean {
    const { task } = this.#order;
    if (task.state === 'stopped') return false;
    this.#timer?.cancel();
    this.#pending = null;
    const wasPlanned = task.state === 'planned' && task.result === 'pending';
    this.#finish(wasPlanned ? 'cancelled' : 'error');
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
    const { task, capsule } = this.#order;
    task.state = 'running';
    if (this.#answering() === null) {
      this.#pause(`Failed to open TCP connection to ${capsule.description.name}:443`);
      return;
    }
    this.#isRefreshing = true;
    task.progress = 0.07;
    for (const repository of this.#order.repositories) {
      const machine = this.#answering();
      if (machine !== null) this.#pulps.create(machine, capsule, repository);
    }
    this.#after(this.#kernel.random.between(1, 3), () => {
      this.#isRefreshing = false;
      this.#nextLane();
    });
  }

  #nextLane(): void {
    this.#lane += 1;
    const lane = this.#lanes[this.#lane];
    // Progress falls when the steps of a batch are planned.
    this.#order.task.progress = this.#share();
    if (this.#meetsMishap()) return;
    if (lane === undefined) {
      this.#conclude();
      return;
    }
    this.#tell();
    this.#started = lane.repositories.flatMap((repository) => this.#start(repository));
    if (this.#started.length === 0) this.#after(1, () => this.#nextLane());
    else if (this.#order.mishap !== 'hangs' || !this.#isHalfWay()) this.#poll(lane, lane.polls);
  }

  /** Mishaps strike in the middle, when something has been done and something has not. */
  #meetsMishap(): boolean {
    if (!this.#isHalfWay()) return false;
    const { mishap } = this.#order;
    if (mishap === 'pauses') this.#pause('Pulp task error: the remote refuses the connection');
    else if (mishap === 'fails') this.#fail('Pulp task error: no space left on device');
    else return mishap === 'hangs' && this.#lanes.length === 0;
    return true;
  }

  #isHalfWay(): boolean {
    return this.#lane === Math.floor(this.#lanes.length / 2);
  }

  #start(repository: Repository): Started[] {
    const { capsule, mishap } = this.#order;
    if (this.#handled < this.#cancelledBefore) return this.#skip(repository, 'Task canceled');
    if (mishap === 'warns' && repository === this.#largest()) {
      return this.#skip(repository, 'Pulp task error: 404, message=Not Found (repomd.xml)');
    }
    const machine = this.#answering();
    if (machine === null) return this.#skip(repository, 'Connection refused');
    if (!this.#pulps.has(machine, capsule, repository)) {
      return this.#skip(repository, '404 Not Found (repository)');
    }
    capsule.history.set(repository.id, { startedAt: this.#kernel.now(), finishedAt: null });
    return [{ repository, machine, failedPolls: 0 }];
  }

  #poll(lane: Lane, pollsLeft: number): void {
    const isRetry = this.#started.some(({ failedPolls }) => failedPolls > 0);
    const seconds = isRetry ? retrySeconds : lane.seconds / lane.polls;
    this.#after(seconds, () => {
      this.#started = this.#started.filter((started) => this.#isStillThere(started));
      const isRetried = this.#started.some(({ failedPolls }) => failedPolls > 0);
      if (isRetried || pollsLeft > 1) {
        if (this.#started.length > 0) this.#poll(lane, isRetried ? pollsLeft : pollsLeft - 1);
        else this.#nextLane();
        return;
      }
      for (const { repository, machine } of this.#started) this.#complete(repository, machine);
      this.#started = [];
      this.#nextLane();
    });
  }

  /** Three failing polls in a row fail a repository; the task of another Pulp is not found. */
  #isStillThere(started: Started): boolean {
    const machine = this.#answering();
    if (machine === started.machine) {
      started.failedPolls = 0;
      return true;
    }
    started.failedPolls += 1;
    if (started.failedPolls <= failedPollsAllowed) return true;
    const reason = machine === null ? 'Connection refused' : '404 Not Found (Pulp task)';
    this.#skip(started.repository, reason);
    return false;
  }

  #complete(repository: Repository, machine: Machine): void {
    const { capsule, mishap } = this.#order;
    const row = capsule.history.get(repository.id);
    if (row !== undefined) row.finishedAt = this.#kernel.now();
    // The distribution is a request of its own; where it fails, history still says that all is done.
    if (this.#answering() !== machine) {
      this.#addError(`${repository.name}: 404 Not Found (distribution)`);
      this.#handled += 1;
      return;
    }
    const isCut = mishap === 'incomplete' && repository === this.#largest();
    const counts = isCut ? half(repository.counts) : repository.counts;
    this.#pulps.fill(machine, capsule, repository, counts);
    this.#handled += 1;
  }

  #skip(repository: Repository, reason: string): [] {
    this.#order.capsule.history.delete(repository.id);
    this.#addError(`${repository.name}: ${reason}`);
    this.#handled += 1;
    return [];
  }

  #conclude(): void {
    const { task, mishap, repositories } = this.#order;
    if (repositories.length === 0 && mishap === 'warns') this.#addError('Container gateway: 503');
    task.progress = 1;
    this.#finish(task.errors.length > 0 ? 'warning' : 'success');
  }

  #fail(reason: string): void {
    this.#addError(reason);
    this.#finish('error');
  }

  #pause(reason: string): void {
    const { task, capsule } = this.#order;
    this.#addError(reason);
    task.state = 'paused';
    task.result = 'error';
    this.#kernel.emit(
      'sync-ended',
      capsule.description.proxy,
      `Katello's ${task.action} is paused and waits for a person: ${reason}`,
    );
  }

  #finish(result: SimulatedTask['result']): void {
    const { task, capsule, onEnd } = this.#order;
    this.#timer?.cancel();
    end(task, result, this.#kernel.now());
    const reason = result === 'success' ? '' : `: ${task.errors[0] ?? 'halted'}`;
    this.#kernel.emit(
      'sync-ended',
      capsule.description.proxy,
      `Katello's ${task.action} has ended with ${result}${reason}`,
    );
    onEnd(task);
  }

  #tell(): void {
    const { task, capsule } = this.#order;
    const due = Math.floor(this.#share() * mostProgressEvents);
    if (due <= this.#progressEvents) return;
    this.#progressEvents = due;
    const percent = Math.round(task.progress * 100);
    this.#kernel.emit('sync-progress', capsule.description.proxy, `${task.action}: ${percent} %`);
  }

  #share(): number {
    const { repositories } = this.#order;
    if (repositories.length === 0) return 0.5;
    return Math.round((0.04 + 0.94 * (this.#handled / repositories.length)) * 100) / 100;
  }

  #largest(): Repository | undefined {
    return this.#order.repositories.reduce((largest, repository) =>
      unitsOf(repository.counts) > unitsOf(largest.counts) ? repository : largest,
    );
  }

  #answering(): Machine | null {
    return this.#pulps.answering(this.#order.capsule.description.name);
  }

  #addError(text: string): void {
    this.#order.task.errors = [...this.#order.task.errors, text];
  }

  #after(seconds: number, action: () => void): void {
    this.#timer?.cancel();
    this.#pending = action;
    this.#timer = this.#kernel.after(seconds, action);
  }
}

const half = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).map(([unit, count]) => [unit, Math.floor(count / 2)]));
