import { reservedConcurrencyOf } from '../../deployment/reserved-concurrency.ts';

import { deployedGroup } from '../../functions/domain/deployed-group.ts';

import type { Fleet, SmartProxy } from '../../functions/domain/fleet.ts';
import type { ProxyRecord } from '../../functions/domain/record.ts';
import type { Denial } from '../aws/iam/denial.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { Executions } from '../engine/executions.ts';
import { IdleFunctions } from '../engine/idle-functions.ts';
import { executionRegistry } from '../engine/registry.ts';
import { ReservedConcurrency } from '../engine/reserved-concurrency.ts';
import type { Json } from '../engine/state-event.ts';
import { TaskResources } from '../engine/task-resources.ts';
import { FaultEngine } from '../faults/engine.ts';
import type { Fault, ScheduledFault } from '../faults/fault.ts';
import type { Swarm } from '../faults/injection.ts';
import { InvariantChecker } from '../invariants/invariant-checker.ts';
import { Driver } from '../kernel/driver.ts';
import { Kernel } from '../kernel/kernel.ts';
import { Paths } from '../network/paths.ts';
import { ClientProbe } from '../world/client-probe.ts';
import { ledgerTable, place } from '../world/deployed-fleet.ts';
import { EventBus } from '../world/event-bus.ts';
import { ExecutionWatch } from '../world/execution-watch.ts';
import type { KatelloTransport } from '../world/katello-transport.ts';
import { type CallListener, LossyNetwork } from '../world/lossy-network.ts';
import {
  SimulatedWorld,
  type Site,
  type WorldDurations,
  type WorldOptions,
} from '../world/world.ts';
import { deploySchedules } from './deployed-schedules.ts';
import { Quiescence } from './quiescence.ts';
import { perform } from './scheduled-events.ts';

export interface SimulationOptions {
  readonly fleet: Fleet;
  readonly seed: number;
  readonly startAt: Date;
  readonly incumbent: WorldOptions['incumbent'];
  readonly durations: WorldDurations;
  readonly faults: readonly Fault[];
  /** For how long no function was called before. */
  readonly idleDays?: number;
  /** Injects faults into calls by chance. */
  readonly swarm?: Swarm | null;
  readonly katello: KatelloTransport;
  readonly downloadPolicy?: NonNullable<WorldOptions['downloadPolicy']>;
  readonly past: (proxy: SmartProxy) => Pick<ProxyRecord, 'durationsSeconds'> | null;
  readonly naiveSync?: boolean;
  /** Whether the same Katello has proxies of another fleet. */
  readonly hasNeighbours?: boolean;
  readonly site?: Site;
  /** Proxies that serve from an image older than retention keeps. */
  readonly outdated?: readonly string[];
  /** Proxies that were just deployed: they have no instance yet. */
  readonly unlaunched?: readonly string[];
}

/** Faults during which Katello cannot be made to stop a sync. */
const closesKatello = [
  'katello-rejects-credentials',
  'katello-certificate-untrusted',
  'katello-down',
  'permission-lost',
  'capsule-removed',
] as const;

/** One run of the product in a simulated world: its state machines, its steps, its adapters, virtual time. */
export class Simulation {
  readonly kernel: Kernel;
  readonly faults: FaultEngine;
  readonly world: SimulatedWorld;
  readonly executions: Executions;
  readonly tasks: TaskResources;
  readonly probe: ClientProbe;
  readonly watch: ExecutionWatch;
  readonly checker: InvariantChecker;
  readonly logLines: string[] = [];
  /** While faults are injected, a world at rest need not be in order yet. */
  isUnderFire = false;
  /** Virtual seconds that the run took. */
  endedAtSeconds = 0;
  readonly #driver: Driver;
  readonly #network: LossyNetwork;
  readonly bus: EventBus;
  readonly #quiescence: Quiescence;
  readonly #options: SimulationOptions;
  /** Proxies that have never served all of their content: nothing can be promised to their clients yet. */
  readonly #unfilled: Set<string>;
  /** When a call was last denied. */
  #deniedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#driver = new Driver(options.startAt, options.seed, options.katello);
    const kernel = new Kernel(options.seed, this.#driver.timers);
    this.kernel = kernel;
    const faults = new FaultEngine(kernel, options.faults, options.swarm);
    this.faults = faults;
    const stop = (arn: string): void => this.executions.get(arn)?.stop();
    const paths = new Paths(options.fleet);
    this.#network = new LossyNetwork({ kernel, faults: faults.injection, paths, stop });
    this.world = new SimulatedWorld({ ...options, kernel, faults, paths, network: this.#network });
    this.probe = new ClientProbe(this.world);
    this.checker = new InvariantChecker(kernel);
    this.#unfilled = new Set(options.unlaunched);
    for (const proxy of this.#unfilled) this.checker.markDisturbed(proxy);
    this.watch = new ExecutionWatch({
      kernel,
      phaseStarted: (proxy, phase) => faults.phaseStarted(proxy, phase),
      ended: (execution) => {
        this.tasks.executionEnded(execution);
        this.bus.executionEnded(execution);
      },
    });
    this.tasks = this.#makeTasks();
    this.executions = new Executions({
      kernel,
      place,
      fleet: options.fleet.fleet,
      ledgerTable,
      runTask: this.tasks.run,
      watcher: this.watch,
    });
    const { world, executions } = this;
    const bus = new EventBus(world, executions, kernel, faults);
    this.bus = bus;
    this.#quiescence = new Quiescence({ kernel, world, executions, bus, faults });
    world.aws.useExecutions(executionRegistry(executions));
    faults.onEvent((fault) => perform(this, fault));
    world.aws.iam.onDenial((denial) => this.#denied(denial));
    kernel.observe(({ kind, proxy }) => {
      if (proxy === undefined) return;
      // No execution knows that it has to keep the hook open, or none may.
      const isForgotten =
        kind === 'hook-timed-out' && (this.bus.isUnheard(proxy) || this.#wasDeniedLately());
      if (isForgotten) this.checker.markDisturbed(proxy);
    });
  }

  start(machine: 'rebuild-fleet' | 'rebuild-proxy', name: string, input: Json): SimulatedExecution {
    return this.executions.start(machine, name, input);
  }

  /** The schedules of a deployment that is made now. Without them, whoever starts the run starts everything. */
  deploySchedules(): void {
    const { kernel, world, executions, tasks } = this;
    deploySchedules({ kernel, fleet: world.fleet, executions, tasks });
  }

  /** Hears of every call that a function makes of AWS. */
  onCall(listener: CallListener): void {
    this.#network.onCall(listener);
  }

  /** Lets an event happen without the controller's knowledge. */
  disturb(fault: ScheduledFault): void {
    perform(this, fault);
  }

  /**
   * Starts one thing after the other, each when everything before it has ended and the world is quiescent;
   * always restores real time and randomness.
   */
  async run(...begins: readonly (() => void | Promise<void>)[]): Promise<void> {
    try {
      await this.world.remember(this.#options);
      for (const begin of begins) {
        let isAtWork = true;
        const work = Promise.resolve(begin()).finally(() => {
          isAtWork = false;
        });
        // It is awaited below; until then its failure must not count as unhandled.
        work.catch(() => undefined);
        await this.#driver.run(
          () => !isAtWork && this.#quiescence.isReached(),
          () => this.#check(),
        );
        await work;
      }
    } finally {
      this.endedAtSeconds = this.kernel.secondsSinceStart();
      this.#driver.end();
    }
  }

  #denied({ role }: Denial): void {
    this.#deniedAt = this.kernel.now();
    this.#network.noteDenial(role);
  }

  #wasDeniedLately(): boolean {
    return this.kernel.now() - this.#deniedAt < deployedGroup.launchHook.heartbeatSeconds * 1000;
  }

  #check(): void {
    const { world, executions, probe, logLines, faults } = this;
    probe.look(this.kernel.secondsSinceStart());
    this.#notePromises();
    const isQuiet = !this.isUnderFire && !this.bus.hasLostEvents && this.#quiescence.isReached();
    const isSlackSpoiled = this.#network.isSlackSpoiled;
    this.checker.check({
      world,
      executions,
      probe,
      isQuiet,
      holders: this.watch.holders,
      logLines,
      isKatelloOpen: !(isQuiet && this.#isKatelloClosed()),
      isSlackSpoiled: isQuiet && (isSlackSpoiled || faults.holds('slack-down')),
      misledBy: faults.injection.misleading,
    });
  }

  /** From the first moment on at which a new proxy serves all of its content, its clients are promised that. */
  #notePromises(): void {
    for (const proxy of this.#unfilled) {
      if (this.probe.view(proxy) !== 'served') continue;
      this.#unfilled.delete(proxy);
      this.checker.clearDisturbed(proxy);
    }
  }

  #isKatelloClosed(): boolean {
    const { faults, world } = this;
    return (
      world.paths.isClosed('functions-to-katello') ||
      world.serviceToken.isRejected ||
      closesKatello.some((fault) => faults.holds(fault))
    );
  }

  #makeTasks(): TaskResources {
    const log = (line: object): void => {
      this.logLines.push(JSON.stringify(line));
    };
    return new TaskResources({
      driver: this.#driver,
      kernel: this.kernel,
      place,
      running: this.world.aws.running,
      idle: new IdleFunctions(this.kernel, (this.#options.idleDays ?? 0) * 86_400),
      iam: this.world.aws.iam,
      reserved: new ReservedConcurrency((step) => reservedConcurrencyOf(step, this.world.fleet)),
      dynamoDb: this.world.environment.dynamoDb,
      handlers: this.world.handlers(log),
      bake: (project, environment) => this.world.bake(project, environment),
      executions: () => this.executions,
    });
  }
}
