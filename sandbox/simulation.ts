import type { Fleet, SmartProxy } from '../functions/domain/fleet.ts';
import type { ProxyRecord } from '../functions/domain/record.ts';
import type { Execution, Json } from './asl/execution.ts';
import { Executions } from './asl/executions.ts';
import { executionRegistry } from './asl/registry.ts';
import { Tasks } from './asl/task-runner.ts';
import type { ScalingGroup } from './aws/scaling-group.ts';
import { invariants } from './invariants/invariants.ts';
import type { Look } from './invariants/look.ts';
import { Driver } from './kernel/driver.ts';
import { Kernel } from './kernel/kernel.ts';
import type { InvariantViolation } from './report/story.ts';
import type { Fault, Faults } from './scenario/faults.ts';
import type { Unreliable } from './simulate/unreliable.ts';
import { ClientProbe } from './world/client-probe.ts';
import { decisionOf } from './world/decisions.ts';
import { EventRules } from './world/event-rules.ts';
import type { KatelloWay } from './world/katello-way.ts';
import type { Machine, Machines } from './world/machines.ts';
import { PhaseLog } from './world/phase-log.ts';
import { isFirstUnderLock, phaseBegunBy, proxyOf, releasesLock } from './world/watch.ts';
import { ledgerTable, place, World, type WorldDurations } from './world/world.ts';

/** The faults of a run, which begin at an instant or with a phase. */
export interface RunFaults extends Faults {
  phaseStarted(proxy: string, phase: string): void;
  /** Called when a fault that happens to a machine, `instance-dies`, is due. */
  onDue(listener: (fault: Fault) => void): void;
}

export interface SimulationOptions {
  readonly fleet: Fleet;
  readonly seed: number;
  readonly startAt: Date;
  readonly ageDays: number;
  readonly durations: WorldDurations;
  readonly faults: (kernel: Kernel) => RunFaults;
  readonly katello: KatelloWay;
  readonly past: (proxy: SmartProxy) => Pick<ProxyRecord, 'durationsSeconds'> | null;
  readonly naiveSync?: boolean;
  /** Makes calls fail and functions die. */
  readonly unreliable?: (stop: (executionArn: string) => void) => Unreliable;
}

/** A group that cannot settle, for want of capacity say, does not keep a run from its end. */
const givenUpMs = 2 * 3_600_000;

const isSteady = (group: ScalingGroup, machines: Machines): boolean =>
  group.members().length === group.sizes.desired &&
  group
    .members()
    .every(({ id, state }) => state === 'InService' && machines.get(id)?.alive === true);

/** One run of the product in a simulated world: its state machines, its steps, its adapters, virtual time. */
export class Simulation {
  readonly kernel: Kernel;
  readonly world: World;
  readonly executions: Executions;
  readonly tasks: Tasks;
  readonly probe: ClientProbe;
  readonly phaseLogs = new Map<string, PhaseLog>();
  readonly violations: InvariantViolation[] = [];
  readonly logLines: string[] = [];
  invariantsChecked = 0;
  /** While calls fail and functions die, a world at rest need not be in order yet. */
  isUnderFire = false;
  /** Virtual seconds that the run took. */
  endedAtSeconds = 0;
  #idleSince: number | null = null;
  readonly #driver: Driver;
  readonly #rules: EventRules;
  readonly #holders = new Map<string, Set<string>>();
  readonly #bereaved = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #stateListeners: ((execution: Execution, state: string) => void)[] = [];
  readonly #faults: RunFaults;
  readonly #options: SimulationOptions;
  readonly #unreliable: Unreliable | undefined;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#driver = new Driver(options.startAt, options.seed);
    this.kernel = new Kernel(options.seed, this.#driver.timers);
    this.#faults = options.faults(this.kernel);
    const unreliable = options.unreliable?.((arn) => this.executions.get(arn)?.stop());
    this.#unreliable = unreliable;
    const { unreliable: _, ...rest } = options;
    this.world = new World({
      ...rest,
      kernel: this.kernel,
      faults: this.#faults,
      ...(unreliable && { unreliable }),
    });
    this.probe = new ClientProbe(this.world);
    this.tasks = this.#makeTasks();
    this.executions = this.#makeExecutions();
    this.#rules = new EventRules(this.world, this.executions);
    this.world.aws.useExecutions(executionRegistry(this.executions, place));
    this.#faults.onDue((fault) => this.kill(fault));
  }

  start(machine: 'rebuild-fleet' | 'rebuild-proxy', name: string, input: Json): Execution {
    return this.executions.start(machine, name, input).execution;
  }

  /**
   * Begins one thing after the other, each when everything before it has come to rest, and has ended, if it
   * is somebody's work in this world; real time and chance are given back whatever happens.
   */
  async run(...begins: readonly (() => void | Promise<void>)[]): Promise<void> {
    try {
      await this.world.remember(this.#options.past);
      for (const begin of begins) {
        let isAtWork = true;
        const work = Promise.resolve(begin()).finally(() => {
          isAtWork = false;
        });
        // It is awaited below; until then its failure is nobody's.
        work.catch(() => undefined);
        await this.#driver.run(
          () => !isAtWork && this.#isQuiet(),
          () => this.#look(),
        );
        await work;
      }
    } finally {
      this.endedAtSeconds = this.kernel.secondsSinceStart();
      this.#driver.end();
    }
  }

  /** Nothing runs, and no group is about to launch or lose an instance, unless it has been so for hours. */
  #isQuiet(): boolean {
    if (this.executions.all().some(({ status }) => status === 'RUNNING')) {
      this.#idleSince = null;
      return false;
    }
    this.#idleSince ??= this.kernel.now();
    const isSettled = [...this.world.aws.groups.values()].every((group) =>
      isSteady(group, this.world.machines),
    );
    return isSettled || this.kernel.now() - this.#idleSince > givenUpMs;
  }

  #look(): void {
    const atSeconds = this.kernel.secondsSinceStart();
    this.probe.look(atSeconds);
    const isQuiet = !this.isUnderFire && this.#isQuiet();
    const look: Look = {
      world: this.world,
      executions: this.executions,
      probe: this.probe,
      bereaved: this.#bereaved,
      gone: this.#newlyGone(),
      isQuiet,
      holders: this.#holders,
      logLines: this.logLines,
      isKatelloOpen: !(
        isQuiet &&
        (this.#faults.holds('katello-rejects-credentials') || this.#faults.holds('katello-down'))
      ),
      isSlackSpoiled:
        isQuiet &&
        (this.#faults.holds('slack-down') || (this.#unreliable?.isSlackSpoiled ?? false)),
    };
    for (const { name, check } of invariants) {
      this.invariantsChecked += 1;
      for (const { proxy, text } of check(look)) this.#violate(name, atSeconds, proxy, text);
    }
  }

  #newlyGone(): readonly Machine[] {
    const gone = this.world.machines.all().filter(({ id, alive }) => !alive && !this.#gone.has(id));
    for (const { id } of gone) this.#gone.add(id);
    return gone;
  }

  /** Each breach is told once, at the first moment at which it is seen. */
  #violate(invariant: string, atSeconds: number, proxy: string | null, text: string): void {
    const isKnown = this.violations.some(
      (known) => known.invariant === invariant && known.proxy === proxy && known.text === text,
    );
    if (isKnown) return;
    this.violations.push({ invariant, atSeconds, proxy, text });
    this.kernel.emit('violation', proxy ?? undefined, `${invariant}: ${text}`);
  }

  #makeTasks(): Tasks {
    const log = (line: object): void => {
      this.logLines.push(JSON.stringify(line));
    };
    return new Tasks({
      driver: this.#driver,
      dynamoDb: this.world.outside.dynamoDb,
      handlers: this.world.handlers(log),
      bake: (project, environment) => this.world.aws.codeBuild.bake(project, environment),
      executions: () => this.executions,
    });
  }

  #makeExecutions(): Executions {
    return new Executions({
      kernel: this.kernel,
      place,
      ledgerTable,
      runTask: this.tasks.run,
      watcher: {
        entered: (execution, state) => this.#entered(execution, state),
        retried: (execution) => {
          for (const listener of this.#stateListeners) listener(execution, 'retry');
        },
        ended: (execution) => this.#ended(execution),
      },
    });
  }

  /** Called for every state that an execution enters, and for every retry. */
  onState(listener: (execution: Execution, state: string) => void): void {
    this.#stateListeners.push(listener);
  }

  #entered(execution: Execution, state: string): void {
    for (const listener of this.#stateListeners) listener(execution, state);
    const proxy = proxyOf(execution);
    const decision = decisionOf(state);
    if (decision !== null) this.kernel.emit('decision', proxy ?? undefined, decision);
    if (proxy === null) return;
    const holding = this.#holders.get(proxy) ?? new Set();
    this.#holders.set(proxy, holding);
    if (isFirstUnderLock(state)) holding.add(execution.arn);
    if (releasesLock(state)) holding.delete(execution.arn);
    const phase = phaseBegunBy(state);
    if (phase !== null) this.#phaseStarted(execution, proxy, phase);
  }

  #phaseStarted(execution: Execution, proxy: string, phase: string): void {
    const log = this.phaseLogs.get(execution.arn) ?? new PhaseLog();
    this.phaseLogs.set(execution.arn, log);
    log.begin(phase, this.kernel.secondsSinceStart());
    this.kernel.emit('phase', proxy, phase);
    this.#faults.phaseStarted(proxy, phase);
  }

  #ended(execution: Execution): void {
    const proxy = proxyOf(execution);
    this.phaseLogs.get(execution.arn)?.end(this.kernel.secondsSinceStart());
    if (proxy !== null) this.#holders.get(proxy)?.delete(execution.arn);
    const how = execution.status === 'SUCCEEDED' ? 'done' : 'failed';
    const met = execution.error === null ? execution.status : execution.error.name;
    this.kernel.emit(how, proxy ?? undefined, `${execution.name}: ${met}`);
    this.#rules.executionEnded(execution);
  }

  /** Ends a machine as a hardware failure does. */
  kill({ proxy, target = 'incumbent' }: Fault): void {
    for (const [name, { instanceId }] of this.world.proxies) {
      if (proxy !== undefined && proxy !== name) continue;
      const replacement = this.world.machines
        .all()
        .find((machine) => machine.proxy === name && machine.alive && machine.id !== instanceId);
      const victim = target === 'incumbent' ? instanceId : replacement?.id;
      if (victim === undefined) continue;
      this.killMachine(victim);
    }
  }

  killMachine(instanceId: string): void {
    const machine = this.world.machines.get(instanceId);
    if (machine === undefined) return;
    this.somethingElseActs(machine.proxy);
    this.world.aws.instances.kill(instanceId);
  }

  /** From here on, that this proxy serves is not in the controller's hands alone. */
  somethingElseActs(proxy: string): void {
    this.#bereaved.add(proxy);
  }
}
