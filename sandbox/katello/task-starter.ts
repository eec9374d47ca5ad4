import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Capsule, CapsuleDescription } from './capsule.ts';
import { CountRun } from './count-run.ts';
import type { Gateways } from './gateways.ts';
import { labels } from './labels.ts';
import { stepsOfCount, stepsOfSync } from './load.ts';
import type { Pulps } from './pulp.ts';
import type { Repository } from './repositories.ts';
import { shareOf } from './sync-plan.ts';
import { type SyncFault, SyncRun, syncFaults } from './sync-run.ts';
import { end, type SimulatedTask, type Tasks } from './task.ts';

/** Who started a task and with what; automatic ones have no request. */
export interface TaskOrigin {
  readonly username: string;
  readonly requestId: string | null;
}

export interface SyncOptions {
  readonly environment_id: number | null;
  readonly content_view_id: number | null;
  readonly repository_id: number | null;
  readonly skip_metadata_check: boolean;
}

/** Even a sync that finds nothing to do takes some seconds. */
const shortestSyncSeconds = 3;

/** Makes tasks and sets them going. */
export class TaskStarter {
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  readonly #pulps: Pulps;
  readonly #gateways: Gateways;
  readonly #tasks: Tasks;
  readonly #syncSeconds: (proxy: string) => number;

  constructor(
    kernel: Kernel,
    faults: Faults,
    pulps: Pulps,
    gateways: Gateways,
    tasks: Tasks,
    syncSeconds: (proxy: string) => number,
  ) {
    this.#kernel = kernel;
    this.#faults = faults;
    this.#pulps = pulps;
    this.#gateways = gateways;
    this.#tasks = tasks;
    this.#syncSeconds = syncSeconds;
  }

  /** Katello forgets the history when a sync is planned, not when it runs. */
  sync(capsule: Capsule, options: SyncOptions, origin: TaskOrigin): SimulatedTask {
    const scope = capsule.capabilities.length === 0 ? [] : inScope(capsule, options);
    if (options.skip_metadata_check) for (const { id } of scope) capsule.history.delete(id);
    const repositories = scope.filter(({ id }) => !capsule.history.get(id)?.finishedAt);
    const { description } = capsule;
    const task = this.#make(labels.sync, `Synchronize smart proxy '${description.name}'`, capsule, {
      input: { options, smart_proxy: { id: description.id, name: description.name } },
      steps: stepsOfSync(repositories.length),
      origin,
    });
    const run = new SyncRun(this.#kernel, this.#pulps, {
      task,
      capsule,
      repositories,
      seconds: this.#seconds(capsule, repositories),
      fault: origin.requestId === null ? null : this.#fault(description),
      gateways: this.#gateways,
      onEnd: (ended) => this.#countAfter(ended),
    });
    this.#tasks.add(task, run);
    this.#tell(task, repositories.length, options, origin);
    run.begin();
    return task;
  }

  /** What stays behind when planning fails because the proxy's Pulp does not answer. */
  failedSync(
    capsule: Capsule,
    options: SyncOptions,
    origin: TaskOrigin,
    reason: string,
  ): SimulatedTask {
    const { id, name } = capsule.description;
    const task = this.#make(labels.sync, `Synchronize smart proxy '${name}'`, capsule, {
      input: { options, smart_proxy: { id, name } },
      steps: stepsOfSync(0),
      origin,
    });
    task.errors = [reason];
    end(task, 'error', this.#kernel.now());
    this.#tasks.add(task, { cancel: () => false, halt: () => false, interrupt: () => {} });
    return task;
  }

  count(capsule: Capsule, origin: TaskOrigin): SimulatedTask {
    const task = this.#make(labels.count, 'Update Content Counts', capsule, {
      input: { options: {} },
      steps: stepsOfCount,
      origin,
    });
    const run = new CountRun(this.#kernel, this.#pulps, task);
    this.#tasks.add(task, run);
    run.begin();
    return task;
  }

  #countAfter(task: SimulatedTask): void {
    if (task.result !== 'success') return;
    this.count(task.capsule, { username: task.username, requestId: null });
  }

  #seconds(capsule: Capsule, repositories: readonly Repository[]): number {
    const complete = this.#syncSeconds(capsule.description.proxy);
    const share = shareOf(repositories, capsule.repositories());
    return Math.max(shortestSyncSeconds, complete * share) * this.#kernel.random.between(0.9, 1.1);
  }

  #fault({ proxy, isNeighbour }: CapsuleDescription): SyncFault | null {
    if (isNeighbour === true) return null;
    return syncFaults.find((fault) => this.#faults.strikes(fault, { proxy })) ?? null;
  }

  #make(
    label: string,
    action: string,
    capsule: Capsule,
    {
      input,
      steps,
      origin,
    }: {
      readonly input: Readonly<Record<string, unknown>>;
      readonly steps: number;
      readonly origin: TaskOrigin;
    },
  ): SimulatedTask {
    return {
      id: this.#kernel.random.uuid(),
      label,
      action,
      capsule,
      username: origin.username,
      startedAt: this.#kernel.now(),
      endedAt: null,
      isLinked: label === labels.sync,
      steps,
      input: {
        ...input,
        services_checked: ['pulp3'],
        smart_proxy_id: capsule.description.id,
        current_request_id: origin.requestId,
        current_timezone: 'UTC',
        current_organization_id: null,
        current_location_id: null,
        current_user_id: 4,
      },
      state: 'planned',
      result: 'pending',
      progress: 0,
      errors: [],
    };
  }

  #tell(task: SimulatedTask, count: number, options: SyncOptions, origin: TaskOrigin): void {
    const { name, proxy } = task.capsule.description;
    const trigger = origin.requestId === null ? 'automatic ' : '';
    const kind = options.skip_metadata_check ? 'complete' : 'plain';
    const what = count === 0 ? 'nothing to transfer' : `${count} repositories`;
    this.#kernel.emit('sync-started', proxy, `${trigger}${kind} sync of ${name} started: ${what}`);
  }
}

const inScope = (capsule: Capsule, options: SyncOptions): readonly Repository[] =>
  capsule.views
    .filter(
      (view) =>
        (options.environment_id ?? view.environmentId) === view.environmentId &&
        (options.content_view_id ?? view.versionId) === view.versionId,
    )
    .flatMap((view) => view.repositories)
    .filter(({ id }) => (options.repository_id ?? id) === id);
