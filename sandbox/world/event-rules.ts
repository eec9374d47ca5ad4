import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { LaunchDetail } from '../aws/simulated-aws.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { Json } from '../engine/state-event.ts';
import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { proxyOf } from './watch.ts';
import type { SimulatedWorld } from './world.ts';

/** Each rollback carries the input of what it followed, so that the rule's pattern can count them. */
const rollbacksInARow = 2;
const latestSeconds = 900;

/** The EventBridge rules of a deployment: what starts a heal, and what starts a rollback. */
export class EventRules {
  readonly #world: SimulatedWorld;
  readonly #executions: Executions;
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  #late = 0;
  /** Proxies of which nothing was started for an event, until something else is. */
  readonly #unheard = new Set<string>();

  constructor(world: SimulatedWorld, executions: Executions, kernel: Kernel, faults: Faults) {
    this.#world = world;
    this.#executions = executions;
    this.#kernel = kernel;
    this.#faults = faults;
    world.aws.onLaunch((detail) => this.#heal(detail));
  }

  /** Events are under way. */
  get hasLateEvents(): boolean {
    return this.#late > 0;
  }

  /** What a lost event would have put in order waits for the next rebuild, such as that of the sweep. */
  get hasLostEvents(): boolean {
    return this.#unheard.size > 0;
  }

  isUnheard(proxy: string): boolean {
    return this.#unheard.has(proxy);
  }

  /** Of every launch, those of a rebuild included: the lock sorts them out. */
  #heal({ AutoScalingGroupName, EC2InstanceId }: LaunchDetail): void {
    const { fleet, proxies } = this.#world.fleet;
    const proxy = proxies.find(
      ({ name }) => resourceNames.group(fleet, name) === AutoScalingGroupName,
    );
    if (proxy === undefined) return;
    const input = { proxy: proxy.name, reason: 'heal', instanceId: EC2InstanceId };
    this.#deliver(proxy.name, `heal-${EC2InstanceId}`, input);
  }

  /** Of every execution that ended badly. */
  executionEnded(execution: SimulatedExecution): void {
    if (execution.machine !== 'rebuild-proxy') return;
    const proxy = proxyOf(execution) ?? '';
    this.#unheard.delete(proxy);
    if (execution.status === 'SUCCEEDED' || execution.status === 'RUNNING') return;
    const interruptedInput = JSON.stringify(execution.input);
    // A rollback is followed by another, but a third one in a row that failed is not: the sweep comes daily.
    const followed = interruptedInput.match(/interruptedInput/g)?.length ?? 0;
    if (followed > rollbacksInARow) return;
    const input: Json = { reason: 'rollback', interruptedInput, interrupted: execution.arn };
    this.#deliver(proxy, `rollback-${execution.name}`, input);
  }

  /** Mostly at once and once; a second delivery starts an execution of its own. */
  #deliver(proxy: string, name: string, input: Json): void {
    if (this.#faults.strikes('event-lost', { proxy })) {
      this.#unheard.add(proxy);
      return;
    }
    const isTwice = this.#faults.strikes('event-twice', { proxy });
    const start = (): void => {
      this.#start(name, input);
      if (isTwice) this.#start(name.replace('-', '-twice-'), input);
    };
    if (this.#faults.strikes('event-late', { proxy })) this.#deliverLate(start);
    else start();
  }

  #deliverLate(start: () => void): void {
    this.#late += 1;
    this.#kernel.after(this.#kernel.random.between(60, latestSeconds), () => {
      this.#late -= 1;
      start();
    });
  }

  #start(name: string, input: Json): void {
    this.#executions.start('rebuild-proxy', this.#unusedName(name), input);
  }

  /** EventBridge gives none; one that was redriven ends, and is followed, more than once. */
  #unusedName(wanted: string): string {
    const name = wanted.slice(0, 76);
    const namesakes = this.#executions
      .all()
      .filter((execution) => execution.name.replace(/\+\d+$/, '') === name).length;
    return namesakes === 0 ? name : `${name}+${namesakes}`;
  }
}
