import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import type { Names } from '../machines/names.ts';
import { Capsule, type CapsuleDescription } from './capsule.ts';
import type { Mode } from './errors.ts';
import { Gateways } from './gateways.ts';
import { Ids } from './ids.ts';
import { Jobs } from './jobs.ts';
import { keptSyncs } from './kept-syncs.ts';
import { labels } from './labels.ts';
import { Pulps } from './pulp.ts';
import type { UtcOffset } from './render-task.ts';
import { ServiceUser } from './service-user.ts';
import { type SimulatedTask, Tasks } from './task.ts';
import { TaskStarter } from './task-starter.ts';

export interface SimulatedKatelloOptions {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly names: Names;
  /** Katello's own name, the host of its URL. */
  readonly host: string;
  /** By which its certificate knows it; without it, `host`. */
  readonly fqdn?: string;
  readonly version: string;
  readonly organization: string;
  readonly credentials: { readonly login: string; readonly token: string };
  readonly capsules: readonly CapsuleDescription[];
  /** How long a complete sync of a proxy takes, in virtual seconds, before jitter. */
  readonly syncSeconds: (proxy: string) => number;
  /** For how many days the tasks of past syncs were kept. */
  readonly taskDays?: number;
  readonly mode?: Mode;
  /** Of the user, which Foreman writes instants in. */
  readonly offset?: UtcOffset;
}

/** What Katello and its Foreman believe and do: their records, their tasks, and what runs those. */
export class KatelloState {
  readonly options: SimulatedKatelloOptions;
  readonly mode: Mode;
  readonly offset: UtcOffset;
  /** Acts of our controller on a proxy of another fleet; there should be none. */
  readonly meddlings: string[] = [];
  readonly user: ServiceUser;
  readonly tasks = new Tasks();
  readonly jobs: Jobs;
  readonly pulps: Pulps;
  readonly starter: TaskStarter;
  /** Services that `/katello/api/ping` calls failed, with their messages. */
  readonly failingServices = new Map<string, string>();
  readonly #capsules: readonly Capsule[];
  readonly #removed = new Set<Capsule>();
  /** Of its own, so that it changes nothing else of a run. */
  readonly #publishers: Random;

  constructor(options: SimulatedKatelloOptions) {
    const ids = new Ids();
    this.options = options;
    this.mode = options.mode ?? '4';
    this.offset = options.offset ?? 'UTC';
    this.#publishers = new Random(options.kernel.startedAt);
    this.#capsules = options.capsules.map(
      (description) => new Capsule(description, options.kernel.now(), ids),
    );
    this.#keepTasks(options.taskDays ?? 0);
    this.jobs = new Jobs(options.kernel, options.names, this.tasks);
    this.pulps = new Pulps(options.names, options.host);
    this.user = new ServiceUser(options.credentials.login, options.organization, options.faults);
    this.starter = new TaskStarter(
      options.kernel,
      options.faults,
      this.pulps,
      new Gateways(options.faults, options.names),
      this.tasks,
      options.syncSeconds,
    );
  }

  #keepTasks(days: number): void {
    const { startedAt } = this.options.kernel;
    const random = new Random(startedAt);
    const stopped = { cancel: () => false, halt: () => false, interrupt: () => {} };
    for (const capsule of this.#capsules)
      for (const task of keptSyncs(capsule, startedAt, days, random)) this.tasks.add(task, stopped);
  }

  get capsules(): readonly Capsule[] {
    return this.#capsules.filter((capsule) => !this.#removed.has(capsule));
  }

  /** Somebody deletes a proxy; what runs for it fails. */
  remove(capsule: Capsule): void {
    this.#removed.add(capsule);
    for (const { id } of this.tasksOf(capsule)) this.tasks.run(id)?.halt('error');
  }

  /** Makes a removed proxy as it was. */
  putBack(capsule: Capsule): void {
    this.#removed.delete(capsule);
  }

  /** Whoever asks by the API is our controller: others have ways of their own. */
  noteAct({ description }: Capsule, act: string): void {
    if (description.isNeighbour === true) this.meddlings.push(`${act} of ${description.name}`);
  }

  /** Somebody publishes a content view: Katello syncs it to the proxy by itself, as an administrator. */
  publish(capsuleId: number, key: string, counts: Readonly<Record<string, number>>): SimulatedTask {
    const capsule = this.capsule(capsuleId);
    const view = capsule.publish(key, counts, this.options.kernel.now());
    return this.startAutomaticSync(capsuleId, view.environmentId, view.versionId);
  }

  /** A sync that the controller has not asked for. */
  startAutomaticSync(
    capsuleId: number,
    environmentId: number | null = null,
    contentViewId: number | null = null,
  ): SimulatedTask {
    const options = {
      environment_id: environmentId,
      content_view_id: contentViewId,
      repository_id: null,
      skip_metadata_check: false,
    };
    const origin = { username: this.#publisher(), requestId: null };
    return this.starter.sync(this.capsule(capsuleId), options, origin);
  }

  /** Whose task an automatic sync is: that of a person, or of automation that shares the service user. */
  #publisher(): string {
    return this.#publishers.next() < 0.5 ? 'foreman_admin' : this.options.credentials.login;
  }

  /** Foreman's executor is restarted: running tasks are paused and resume after a while. */
  restartExecutor(seconds: number): void {
    for (const { id } of this.tasks.newestFirst()) this.tasks.run(id)?.interrupt(seconds);
  }

  capsule(id: number): Capsule {
    const capsule = this.#capsules.find(({ description }) => description.id === id);
    if (capsule === undefined) throw new Error(`no capsule has the id ${id}`);
    return capsule;
  }

  /** As `capsule`, by the proxy's name in the fleet file; `undefined` while it is removed. */
  capsuleOf(proxy: string): Capsule | undefined {
    return this.capsules.find(({ description }) => description.proxy === proxy);
  }

  /** The proxy in the fleet file that has this host name. */
  proxyCalled(hostName: string): string | undefined {
    const called = this.#capsules.find(
      ({ description: { name, url } }) => name === hostName || new URL(url).hostname === hostName,
    );
    return called?.description.proxy;
  }

  tasksOf(capsule: Capsule): readonly SimulatedTask[] {
    return this.tasks.newestFirst().filter((task) => task.capsule === capsule);
  }

  /** Sync tasks of a capsule that have not ended and are not paused; rollback must leave none behind. */
  activeSyncs(capsuleId: number): readonly SimulatedTask[] {
    return this.tasksOf(this.capsule(capsuleId)).filter(
      ({ label, result }) => label === labels.sync && result === 'pending',
    );
  }
}
