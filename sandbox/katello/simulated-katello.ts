import type { Faults } from '../faults/kinds.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Names } from '../machines/names.ts';
import { Gate, parseBody } from './access.ts';
import { Capsule, type CapsuleDescription } from './capsule.ts';
import { forbidden, foremanNotFound, type Mode, Refusal } from './errors.ts';
import {
  htmlPage,
  json,
  type Outcome,
  type SimulatedRequest,
  type SimulatedResponse,
} from './http.ts';
import { Ids } from './ids.ts';
import { labels } from './labels.ts';
import { Pulps } from './pulp.ts';
import type { UtcOffset } from './render-task.ts';
import { type Route, routes } from './routes.ts';
import type { SimulatedTask } from './task.ts';
import { Tasks } from './task.ts';
import { TaskStarter } from './task-starter.ts';

export interface SimulatedKatelloOptions {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly names: Names;
  /** Katello's own name, the host of its URL. */
  readonly host: string;
  readonly version: string;
  readonly organization: string;
  readonly credentials: { readonly login: string; readonly token: string };
  readonly capsules: readonly CapsuleDescription[];
  /** How long a complete sync of a proxy takes, in virtual seconds, before jitter. */
  readonly syncSeconds: (proxy: string) => number;
  readonly mode?: Mode;
  /** Of the user, which Foreman writes instants in. */
  readonly offset?: UtcOffset;
}

/**
 * Katello with its Foreman, as far as a rebuild meets it: stateful, in virtual time, and as deceptive as the
 * real one. Its database says what it believes; what a machine really has is in the machine's `store`.
 */
export class SimulatedKatello {
  readonly options: SimulatedKatelloOptions;
  readonly mode: Mode;
  readonly offset: UtcOffset;
  /** Acts of our controller on a proxy of another fleet; there should be none. */
  readonly meddlings: string[] = [];
  readonly tasks = new Tasks();
  readonly pulps: Pulps;
  readonly starter: TaskStarter;
  /** Services that `/katello/api/ping` calls failed, with their messages. */
  readonly failingServices = new Map<string, string>();
  /** Permissions that the service user lacks. */
  readonly missingPermissions = new Set<string>();
  /** Requests that reached Katello's name. */
  katelloCalls = 0;
  readonly #capsules: readonly Capsule[];
  readonly #removed = new Set<Capsule>();
  readonly #gate: Gate;
  readonly #lostAnswers: ((request: SimulatedRequest) => boolean)[] = [];

  constructor(options: SimulatedKatelloOptions) {
    const ids = new Ids();
    this.options = options;
    this.mode = options.mode ?? '4';
    this.offset = options.offset ?? 'UTC';
    this.#capsules = options.capsules.map(
      (description) => new Capsule(description, options.kernel.now(), ids),
    );
    this.#gate = new Gate(options.credentials, options.faults);
    this.pulps = new Pulps(options.names);
    this.starter = new TaskStarter(
      options.kernel,
      options.faults,
      this.pulps,
      this.tasks,
      options.syncSeconds,
    );
  }

  get capsules(): readonly Capsule[] {
    return this.#capsules.filter((capsule) => !this.#removed.has(capsule));
  }

  /** Somebody deletes a proxy; what runs for it fails. */
  remove(capsule: Capsule): void {
    this.#removed.add(capsule);
    for (const { id } of this.tasksOf(capsule)) this.tasks.run(id)?.halt('error');
  }

  /** It is put back as it was. */
  putBack(capsule: Capsule): void {
    this.#removed.delete(capsule);
  }

  /** Whoever asks by the API is our controller: others have ways of their own. */
  noteAct({ description }: Capsule, act: string): void {
    if (description.isNeighbour === true) this.meddlings.push(`${act} of ${description.name}`);
  }

  /** A request on the wire: it may be refused, and its answer may be lost after it had its effect. */
  exchange(request: SimulatedRequest): Outcome {
    const isDown = this.options.faults.holds('katello-down');
    if (isDown && this.katelloCalls % 3 === 2) {
      this.katelloCalls += 1;
      return 'refused';
    }
    const response = this.handle(request);
    const lost = this.#lostAnswers.findIndex((matches) => matches(request));
    if (lost === -1) return response;
    this.#lostAnswers.splice(lost, 1);
    return 'lost';
  }

  handle(request: SimulatedRequest): SimulatedResponse {
    this.katelloCalls += 1;
    if (this.options.faults.holds('katello-down')) return htmlPage(503, 'Service Unavailable');
    try {
      return this.#route(request);
    } catch (error) {
      if (error instanceof Refusal) return error.response;
      throw error;
    }
  }

  /** The next answer to such a request does not arrive; what was asked for happens all the same. */
  loseAnswer(matches: (request: SimulatedRequest) => boolean): void {
    this.#lostAnswers.push(matches);
  }

  /** Somebody publishes a content view: Katello syncs it to the proxy by itself, as an administrator. */
  publish(capsuleId: number, key: string, counts: Readonly<Record<string, number>>): SimulatedTask {
    const capsule = this.capsule(capsuleId);
    const view = capsule.publish(key, counts, this.options.kernel.now());
    return this.startAutomaticSync(capsuleId, view.environmentId, view.versionId);
  }

  /** A sync that nobody of us has asked for. */
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
    const origin = { username: 'foreman_admin', requestId: null };
    return this.starter.sync(this.capsule(capsuleId), options, origin);
  }

  /** Foreman's executor is restarted: what runs is paused, and goes on after a while. */
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

  tasksOf(capsule: Capsule): readonly SimulatedTask[] {
    return this.tasks.newestFirst().filter((task) => task.capsule === capsule);
  }

  /** Sync tasks of a capsule that have not ended and are not paused; restore must leave none behind. */
  activeSyncs(capsuleId: number): readonly SimulatedTask[] {
    return this.tasksOf(this.capsule(capsuleId)).filter(
      ({ label, result }) => label === labels.sync && result === 'pending',
    );
  }

  #isMissing(permission: string, { method }: SimulatedRequest): boolean {
    if (this.missingPermissions.has(permission)) return true;
    return method !== 'GET' && this.options.faults.holds('permission-lost');
  }

  #route(request: SimulatedRequest): SimulatedResponse {
    const found = match(request);
    if (found?.route.isOpen !== true) this.#gate.authenticate(request);
    if (found === null) throw foremanNotFound('route', request.path);
    const { route, parameters } = found;
    if (route.permission !== null && this.#isMissing(route.permission, request))
      throw forbidden(route.permission);
    const body = parseBody(request);
    return json(route.status, route.answer(this, { request, parameters, body }));
  }
}

const match = (
  request: SimulatedRequest,
): { route: Route; parameters: readonly string[] } | null => {
  for (const route of routes) {
    const parts = route.method === request.method ? route.path.exec(request.path) : null;
    if (parts !== null) return { route, parameters: parts.slice(1).map(decodeURIComponent) };
  }
  return null;
};
