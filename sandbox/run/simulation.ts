import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import type { ProxyRecord } from '../../functions/domain/record.ts';
import type { ScalingGroup } from '../aws/scaling-group.ts';
import type { Execution } from '../engine/execution.ts';
import { Executions } from '../engine/executions.ts';
import { executionRegistry } from '../engine/registry.ts';
import type { Json } from '../engine/state-event.ts';
import { Tasks } from '../engine/task-runner.ts';
import type { HappeningListener } from '../faults/engine.ts';
import type { Fault, Faults } from '../faults/kinds.ts';
import { InvariantChecker } from '../invariants/invariant-checker.ts';
import { Driver } from '../kernel/driver.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Machine, Machines } from '../machines/machines.ts';
import { ClientProbe } from '../world/client-probe.ts';
import { ledgerTable, place } from '../world/deployed-fleet.ts';
import { EventRules } from '../world/event-rules.ts';
import { ExecutionWatch } from '../world/execution-watch.ts';
import type { KatelloTransport } from '../world/katello-transport.ts';
import type { Unreliable } from '../world/lossy-network.ts';
import { World, type WorldDurations } from '../world/world.ts';
import { happen } from './scheduled-events.ts';

/** The faults of a run, which begin at an instant or with a phase. */
export interface RunFaults extends Faults {
  readonly hasScheduled: boolean;
  phaseStarted(proxy: string, phase: string): void;
  /** Called when a fault that happens by itself is due. */
  onDue(listener: HappeningListener): void;
}

export interface SimulationOptions {
  readonly fleet: Fleet;
  readonly seed: number;
  readonly startAt: Date;
  readonly ageDays: number;
  readonly durations: WorldDurations;
  readonly faults: (kernel: Kernel) => RunFaults;
  readonly katello: KatelloTransport;
  readonly past: (proxy: SmartProxy) => Pick<ProxyRecord, 'durationsSeconds'> | null;
  readonly naiveSync?: boolean;
  /** Whether the same Katello has proxies of another fleet. */
  readonly hasNeighbours?: boolean;
  /** Proxies that serve from an image older than retention keeps. */
  readonly outdated?: readonly string[];
  /** Makes calls fail and functions die. */
  readonly unreliable?: (kernel: Kernel, stop: (executionArn: string) => void) => Unreliable;
}

/** A group that cannot settle, for want of capacity say, does not keep a run from its end. */
const givenUpMs = 2 * 3_600_000;

/** Faults in which nobody can tell Katello to stop a sync. */
const closesKatello = [
  'katello-rejects-credentials',
  'katello-down',
  'permission-lost',
  'capsule-removed',
] as const;

const isAtWork = (machine: Machine | undefined): boolean =>
  machine?.alive === true &&
  machine.answersHealthChecks &&
  (machine.phase === 'provisioned' || machine.phase === 'failed');

const isSteady = (group: ScalingGroup, machines: Machines): boolean =>
  group.isAtRest &&
  group.members().length === group.sizes.desired &&
  group.members().every(({ id, state }) => state === 'InService' && isAtWork(machines.get(id)));

/** One run of the product in a simulated world: its state machines, its steps, its adapters, virtual time. */
export class Simulation {
  readonly kernel: Kernel;
  readonly world: World;
  readonly executions: Executions;
  readonly tasks: Tasks;
  readonly probe: ClientProbe;
  readonly watch: ExecutionWatch;
  readonly checker: InvariantChecker;
  readonly logLines: string[] = [];
  /** While calls fail and functions die, a world at rest need not be in order yet. */
  isUnderFire = false;
  /** Virtual seconds that the run took. */
  endedAtSeconds = 0;
  #idleSince: number | null = null;
  readonly #driver: Driver;
  readonly #rules: EventRules;
  readonly #faults: RunFaults;
  readonly #options: SimulationOptions;
  readonly #unreliable: Unreliable | undefined;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#driver = new Driver(options.startAt, options.seed, options.katello);
    this.kernel = new Kernel(options.seed, this.#driver.timers);
    this.#faults = options.faults(this.kernel);
    const unreliable = options.unreliable?.(this.kernel, (arn) => this.executions.get(arn)?.stop());
    this.#unreliable = unreliable;
    const { unreliable: _, ...rest } = options;
    this.world = new World({
      ...rest,
      kernel: this.kernel,
      faults: this.#faults,
      ...(unreliable && { unreliable }),
    });
    this.probe = new ClientProbe(this.world);
    this.checker = new InvariantChecker(this.kernel);
    this.watch = new ExecutionWatch({
      kernel: this.kernel,
      phaseStarted: (proxy, phase) => this.#faults.phaseStarted(proxy, phase),
      ended: (execution) => {
        this.tasks.executionEnded(execution);
        this.#rules.executionEnded(execution);
      },
    });
    this.tasks = this.#makeTasks();
    const { kernel, tasks, watch } = this;
    this.executions = new Executions({
      kernel,
      place,
      ledgerTable,
      runTask: tasks.run,
      watcher: watch,
    });
    this.#rules = new EventRules(this.world, this.executions, kernel, this.#faults);
    this.world.aws.useExecutions(executionRegistry(this.executions, place));
    this.#faults.onDue((fault) => happen(this, fault));
    this.kernel.observe(({ kind, proxy }) => {
      if (proxy === undefined) return;
      // Nobody was told that there is something to put back, so nobody keeps the hook open.
      const isForgotten = kind === 'hook-timed-out' && this.#rules.isUnheard(proxy);
      if (isForgotten || kind === 'content-lost') this.checker.markDisturbed(proxy);
    });
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
    const isBusy = this.executions.all().some(({ status }) => status === 'RUNNING');
    if (isBusy || this.#rules.hasLateEvents || this.#faults.hasScheduled) {
      this.#idleSince = null;
      return false;
    }
    if (this.#idleSince === null) {
      this.#idleSince = this.kernel.now();
      // When there is nothing else to wait for, somebody has to look whether it is given up.
      this.kernel.after(givenUpMs / 1000 + 1, () => undefined);
    }
    const isSettled = [...this.world.aws.groups.values()].every((group) =>
      isSteady(group, this.world.machines),
    );
    return isSettled || this.kernel.now() - this.#idleSince > givenUpMs;
  }

  #look(): void {
    const atSeconds = this.kernel.secondsSinceStart();
    this.probe.look(atSeconds);
    const isQuiet = !this.isUnderFire && !this.#rules.hasLostEvents && this.#isQuiet();
    const isSlackSpoiled = this.#unreliable?.isSlackSpoiled ?? false;
    this.checker.check({
      world: this.world,
      executions: this.executions,
      probe: this.probe,
      isQuiet,
      holders: this.watch.holders,
      logLines: this.logLines,
      isKatelloOpen: !(isQuiet && closesKatello.some((fault) => this.#faults.holds(fault))),
      isSlackSpoiled: isQuiet && (isSlackSpoiled || this.#faults.holds('slack-down')),
      misledBy: this.#unreliable?.misledBy ?? new Set(),
    });
  }

  #makeTasks(): Tasks {
    const log = (line: object): void => {
      this.logLines.push(JSON.stringify(line));
    };
    return new Tasks({
      driver: this.#driver,
      kernel: this.kernel,
      running: this.world.aws.running,
      dynamoDb: this.world.outside.dynamoDb,
      handlers: this.world.handlers(log),
      bake: (project, environment) => this.world.bake(project, environment),
      executions: () => this.executions,
    });
  }

  /** Lets something happen behind the controller's back. */
  kill(fault: Fault): void {
    happen(this, fault);
  }
}
