import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { type KatelloAccess, requiredPermissions } from '../../functions/domain/katello-access.ts';
import {
  type ForemanTask,
  hasEnded,
  type TaskResult,
  type TaskState,
} from '../../functions/domain/task.ts';
import type { Capsule, ContentPort } from '../../functions/ports/content.ts';

interface Surroundings {
  readonly now: Date;
  wrote(): void;
}

export const aCapsule: Capsule = {
  id: 2,
  name: 'berlin-control.example.com',
  url: 'https://berlin.example.com:9090',
  features: [{ name: 'Pulpcore', capabilities: ['rpm', 'file'] }],
  lifecycleEnvironments: ['Production'],
  downloadPolicy: 'on_demand',
};

/** Katello as a rebuild sees it: one proxy, tasks that a test moves on, counts that a test sets. */
export class Katello implements ContentPort {
  version = '4.21.3';
  failing: string[] = [];
  capsule: Capsule | null = aCapsule;
  /** Those of other proxies, by name. */
  readonly others = new Map<string, Capsule>();
  user: KatelloAccess = {
    login: 'svc-rebuilder',
    isAdmin: false,
    permissions: Object.keys(requiredPermissions),
    organizations: ['Example'],
    locations: ['Europe'],
  };
  misnamed: NamedFailure | null = null;
  /** Thrown by the sync status alone. */
  statusFailure: NamedFailure | null = null;
  types: string[] = ['yum'];
  foreignSyncs: ForemanTask[] = [];
  counts: ContentCounts = { '14': { rpm: 1000, erratum: 100 } };
  /** How often a task was loaded with its plan. */
  tasksLoaded = 0;
  /** How often names of repositories were asked for. */
  namesAsked = 0;
  /** Hosts on which jobs are running, and those of them whose jobs were started before some instant. */
  jobs = 0;
  lateJobs = 0;
  /** Thrown by every call, while it is set. */
  failure: NamedFailure | null = null;
  readonly tasks = new Map<string, ForemanTask & { readonly kind: string }>();
  readonly #world: Surroundings;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  readonly health = async () => {
    this.#answer();
    return { version: this.version, failing: this.failing };
  };

  readonly findCapsule = async (name: string) => {
    this.#answer();
    return this.capsule?.name === name ? this.capsule : (this.others.get(name) ?? null);
  };

  readonly verifyName = async () => {
    this.#answer();
    if (this.misnamed !== null) throw this.misnamed;
  };

  readonly access = async () => {
    this.#answer();
    return this.user;
  };

  readonly activeSyncs = async () => {
    this.#answer();
    return this.foreignSyncs;
  };

  readonly contentTypes = async () => {
    this.#answer();
    return this.types;
  };

  readonly refreshFeatures = async () => {
    this.#answer();
    return this.capsule ?? aCapsule;
  };

  readonly startSync = async (_capsuleId: number, scope: string, requestId: string) =>
    this.#start(`${scope} sync`, requestId);

  readonly startCount = async (_capsuleId: number, requestId: string) =>
    this.#start('count', requestId);

  readonly findTasks = async (_capsuleId: number, requestIds: readonly string[]) => {
    this.#answer();
    return [...this.tasks.values()].filter(({ requestId }) => requestIds.includes(requestId ?? ''));
  };

  readonly isUnderWay = async (taskId: string) => {
    this.#answer();
    return this.tasks.get(taskId)?.result === 'pending';
  };

  readonly readTask = async (taskId: string) => {
    this.#answer();
    this.tasksLoaded += 1;
    return this.tasks.get(taskId) ?? null;
  };

  readonly readCounts = async () => {
    this.#answer();
    return this.counts;
  };

  readonly repositoryNames = async () => {
    this.#answer();
    if (this.statusFailure !== null) throw this.statusFailure;
    this.namesAsked += 1;
    return { '14': 'Production/RHEL 9/BaseOS (14)' };
  };

  readonly runningJobs = async (_name: string, startedBefore?: Date) => {
    this.#answer();
    return startedBefore === undefined ? this.jobs : this.lateJobs;
  };

  readonly stopTasks = async (tasks: readonly ForemanTask[]) => {
    this.#answer();
    for (const { id } of tasks) this.move(id, 'stopped', 'cancelled');
    this.#world.wrote();
  };

  /** The kinds of work that were started, in order. */
  get started(): readonly string[] {
    return [...this.tasks.values()].map(({ kind }) => kind);
  }

  /** The tasks of one kind that are still on their way. */
  get open(): readonly string[] {
    return [...this.tasks.values()].filter((task) => !hasEnded(task)).map(({ id }) => id);
  }

  move(taskId: string, state: TaskState, result: TaskResult, progress = 1): void {
    const task = this.tasks.get(taskId);
    if (task === undefined) throw new Error(`no task ${taskId}`);
    const endedAt = state === 'stopped' ? this.#world.now : null;
    this.tasks.set(taskId, { ...task, state, result, progress, endedAt });
  }

  #answer(): void {
    if (this.failure !== null) throw this.failure;
  }

  #start(kind: string, requestId: string): ForemanTask {
    this.#answer();
    const known = [...this.tasks.values()].find((task) => task.requestId === requestId);
    if (known !== undefined) return known;
    const task: ForemanTask = {
      id: `task-${this.tasks.size + 1}`,
      state: 'running',
      result: 'pending',
      progress: 0,
      startedAt: this.#world.now,
      endedAt: null,
      errors: [],
      requestId,
    };
    this.tasks.set(task.id, { ...task, kind });
    this.#world.wrote();
    return task;
  }
}

export const katelloIsAway = new NamedFailure('KatelloUnavailable', 'Katello answered 503');
