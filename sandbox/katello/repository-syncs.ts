import type { Kernel } from '../kernel/kernel.ts';
import { type DownloadPolicy, filesOf } from '../machines/files.ts';
import type { Machine } from '../machines/machines.ts';
import type { Capsule } from './capsule.ts';
import type { Pulps } from './pulp.ts';
import { mirrorPolicy, type Repository, unitsOf } from './repositories.ts';
import type { SimulatedTask } from './task.ts';

/** A repository whose sync was started, on the machine that took the request. */
interface Started {
  readonly repository: Repository;
  readonly machine: Machine;
  failedPolls: number;
}

/** Faults that strike one repository of a sync. */
export const repositoryFaults = [
  'sync-warns',
  'sync-incomplete',
  'repository-empty',
  'files-missing',
] as const;
export type RepositoryFault = (typeof repositoryFaults)[number];

const failedPollsAllowed = 2;

/**
 * The requests of one sync to Pulp, repository by repository. Each resolves the proxy's name again, and knows
 * nothing of which machine answered the one before: that is how a sync fills the wrong machine or scatters
 * over two.
 */
export class RepositorySyncs {
  readonly #kernel: Kernel;
  readonly #pulps: Pulps;
  readonly #capsule: Capsule;
  readonly #task: SimulatedTask;
  readonly #fault: { readonly repository: Repository; readonly kind: RepositoryFault } | null;
  #started: readonly Started[] = [];
  /** The machine that took the request before. */
  #latest: Machine | null = null;
  /** Repositories that are through, however it went. */
  handled = 0;

  constructor(
    kernel: Kernel,
    pulps: Pulps,
    task: SimulatedTask,
    repositories: readonly Repository[],
    fault: RepositoryFault | null,
  ) {
    this.#kernel = kernel;
    this.#pulps = pulps;
    this.#capsule = task.capsule;
    this.#task = task;
    this.#fault = fault === null ? null : this.#choose(repositories, fault);
  }

  get isWorking(): boolean {
    return this.#started.length > 0;
  }

  get isRetrying(): boolean {
    return this.#started.some(({ failedPolls }) => failedPolls > 0);
  }

  get isDiskFull(): boolean {
    return this.#latest?.isDiskFull === true;
  }

  answering(): Machine | null {
    return this.#pulps.answering(this.#capsule.description.name);
  }

  refusal(): string {
    return this.#pulps.refusal(this.#capsule.description.name);
  }

  /** Katello creates on the proxy what is not there, all repositories before the first is synced. */
  create(repositories: readonly Repository[]): void {
    for (const repository of repositories) {
      const machine = this.answering();
      const path = this.#capsule.pathOf(repository.id);
      if (machine !== null) this.#pulps.create(machine, path, this.#policyOf(repository));
    }
  }

  start(repositories: readonly Repository[], isCancelled: (index: number) => boolean): void {
    this.#started = repositories.flatMap((repository) => {
      if (isCancelled(this.handled)) return this.#skip(repository, 'Task canceled');
      return this.#startOne(repository);
    });
  }

  poll(): void {
    this.#started = this.#started.filter((started) => this.#isStillThere(started));
  }

  complete(): void {
    for (const { repository, machine } of this.#started) this.#completeOne(repository, machine);
    this.#started = [];
  }

  cancel(): void {
    for (const { repository } of this.#started) this.#skip(repository, 'Task canceled');
    this.#started = [];
  }

  addError(text: string): void {
    this.#task.errors = [...this.#task.errors, text];
  }

  #startOne(repository: Repository): Started[] {
    if (this.#isHitBy(repository, 'sync-warns')) {
      return this.#skip(repository, 'Pulp task error: 404, message=Not Found (repomd.xml)');
    }
    const machine = this.answering();
    this.#latest = machine;
    if (machine === null) return this.#skip(repository, this.refusal());
    if (!this.#pulps.has(machine, this.#capsule.pathOf(repository.id))) {
      return this.#skip(repository, '404 Not Found (repository)');
    }
    this.#capsule.history.set(repository.id, { startedAt: this.#kernel.now(), finishedAt: null });
    return [{ repository, machine, failedPolls: 0 }];
  }

  /** Three failing polls in a row fail a repository; another machine's Pulp does not know the task. */
  #isStillThere(started: Started): boolean {
    const machine = this.answering();
    if (machine === started.machine) {
      started.failedPolls = 0;
      return this.#downloads(started);
    }
    started.failedPolls += 1;
    if (started.failedPolls <= failedPollsAllowed) return true;
    const reason = machine === null ? this.refusal() : '404 Not Found (Pulp task)';
    this.#skip(started.repository, reason);
    return false;
  }

  /** Pulp on the proxy fails its task when it cannot download from Katello. */
  #downloads({ repository, machine }: Started): boolean {
    const problem = this.#pulps.downloadProblem(machine);
    if (problem === null) return true;
    this.#skip(repository, `Pulp task error: ${problem}`);
    return false;
  }

  #completeOne(repository: Repository, machine: Machine): void {
    const row = this.#capsule.history.get(repository.id);
    if (row !== undefined) row.finishedAt = this.#kernel.now();
    this.handled += 1;
    // The distribution is a request of its own; where it fails, history still says that all is done.
    if (this.answering() !== machine) {
      this.addError(`${repository.name}: 404 Not Found (distribution)`);
      return;
    }
    const published = this.#capsule.repository(repository.id) ?? repository;
    const path = this.#capsule.pathOf(repository.id);
    const share = this.#isHitBy(repository, 'files-missing') ? 0.5 : 1;
    const arriving = this.#arriving(published, this.#pulps.counts(machine, path));
    this.#pulps.fill(machine, path, arriving, share);
  }

  #choose(repositories: readonly Repository[], kind: RepositoryFault) {
    const bySize = repositories
      .filter((repository) => this.#canStrike(kind, repository))
      .toSorted((one, other) => unitsOf(one.counts) - unitsOf(other.counts));
    const chosen = kind === 'repository-empty' ? 0 : this.#kernel.random.next() * bySize.length;
    const repository = bySize[Math.floor(chosen)];
    return repository === undefined ? null : { repository, kind };
  }

  /** Only with `immediate` does a sync bring files that can be lost. */
  #canStrike(kind: RepositoryFault, repository: Repository): boolean {
    if (kind !== 'files-missing') return unitsOf(repository.counts) > 0;
    return this.#policyOf(repository) === 'immediate' && filesOf(repository.counts) > 0;
  }

  #policyOf(repository: Repository): DownloadPolicy {
    return mirrorPolicy(this.#capsule.downloadPolicy, repository);
  }

  #arriving({ id, counts }: Repository, had: Repository['counts']): Repository['counts'] {
    if (this.#fault?.repository.id !== id) return counts;
    if (this.#fault.kind === 'sync-incomplete') return incomplete(counts, 0.5, had);
    return this.#fault.kind === 'repository-empty' ? incomplete(counts, 0, had) : counts;
  }

  #isHitBy(repository: Repository, fault: RepositoryFault): boolean {
    return this.#fault?.kind === fault && this.#fault.repository === repository;
  }

  #skip(repository: Repository, reason: string): [] {
    this.#capsule.history.delete(repository.id);
    this.addError(`${repository.name}: ${reason}`);
    this.handled += 1;
    return [];
  }
}

/**
 * Content after a sync that leaves units out. What the machine has stays: a new version of a repository starts from the
 * one before it, and a mirroring sync removes only units that Katello no longer publishes
 * (https://github.com/pulp/pulpcore/blob/main/pulpcore/plugin/stages/declarative_version.py).
 */
const incomplete = (
  counts: Repository['counts'],
  share: number,
  had: Repository['counts'],
): Repository['counts'] =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([unit, count]): [string, number] => [
        unit,
        Math.min(count, Math.max(Math.floor(count * share), had[unit] ?? 0)),
      ])
      .filter(([unit, count]) => count > 0 || Object.hasOwn(had, unit)),
  );
