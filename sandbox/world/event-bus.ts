import { type EventRule, eventRules } from '../../deployment/event-rules.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { machineArn } from '../engine/definitions.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import {
  type AwsEvent,
  launchEvent,
  type Occurrence,
  parameterChange,
  statusChange,
} from './aws-events.ts';
import { place } from './deployed-fleet.ts';
import { matches } from './event-matching.ts';
import { renderInput, renderJson } from './input-template.ts';
import { proxyOf } from './watch.ts';
import type { SimulatedWorld } from './world.ts';

const latestSeconds = 900;

/** The proxy of an event, and the end of the name of an execution that it starts; AWS's names are random. */
interface About {
  readonly proxy: string;
  readonly subject: string;
}

/** EventBridge with the rules of the deployment: events of AWS's services in, executions out. */
export class EventBus {
  /** Messages of the alarm topic. */
  readonly notices: string[] = [];
  readonly #rules: readonly EventRule[];
  readonly #executions: Executions;
  readonly #kernel: Kernel;
  readonly #faults: Faults;
  readonly #ids: Random;
  #late = 0;
  /** Proxies of which nothing was started for an event, until something else is. */
  readonly #unheard = new Set<string>();

  constructor(world: SimulatedWorld, executions: Executions, kernel: Kernel, faults: Faults) {
    this.#executions = executions;
    this.#kernel = kernel;
    this.#faults = faults;
    // Of its own, so that an id changes nothing else of a run.
    this.#ids = new Random(kernel.startedAt);
    this.#rules = eventRules(world.fleet, {
      'rebuild-fleet': machineArn(place, world.fleet.fleet, 'rebuild-fleet'),
      'rebuild-proxy': machineArn(place, world.fleet.fleet, 'rebuild-proxy'),
    });
    world.aws.onLaunch((detail) => {
      const { proxy } = world.aws.groups.get(detail.AutoScalingGroupName)?.settings ?? {};
      const about = { proxy: proxy ?? '', subject: detail.EC2InstanceId };
      this.publish(launchEvent(this.#occurrence(), detail), about);
    });
    world.aws.parameters.onPut((parameter) => {
      const about = { proxy: '', subject: `parameter-${parameter.version}` };
      this.publish(parameterChange(this.#occurrence(), parameter), about);
    });
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

  executionEnded(execution: SimulatedExecution): void {
    const proxy = proxyOf(execution) ?? '';
    if (execution.machine === 'rebuild-proxy') this.#unheard.delete(proxy);
    const about = { proxy, subject: execution.name };
    this.publish(statusChange(this.#occurrence(), execution), about);
  }

  /** Hands an event to the targets of every rule that takes it. */
  publish(event: AwsEvent, about: About): void {
    for (const rule of this.#rules)
      if (matches(rule.pattern, event)) this.#deliver(rule, event, about);
  }

  /** Mostly at once and once; a second delivery starts an execution of its own. */
  #deliver(rule: EventRule, event: AwsEvent, { proxy, subject }: About): void {
    if (this.#faults.strikes('event-lost', { proxy })) {
      this.#unheard.add(proxy);
      return;
    }
    const kind = rule.id.replace(/-.*|\d+$/g, '').toLowerCase();
    const isTwice = this.#faults.strikes('event-twice', { proxy });
    const deliver = (): void => {
      this.#invoke(rule, event, `${kind}-${subject}`);
      if (isTwice) this.#invoke(rule, event, `${kind}-twice-${subject}`);
    };
    if (this.#faults.strikes('event-late', { proxy })) this.#deliverLate(deliver);
    else deliver();
  }

  #deliverLate(deliver: () => void): void {
    this.#late += 1;
    this.#kernel.after(this.#kernel.random.between(60, latestSeconds), () => {
      this.#late -= 1;
      deliver();
    });
  }

  #invoke({ target, input }: EventRule, event: AwsEvent, name: string): void {
    if (target === 'alarm-topic') this.notices.push(renderInput(input, event));
    else this.#executions.start(target, this.#unusedName(target, name), renderJson(input, event));
  }

  /** One that was redriven ends, and is followed, more than once. */
  #unusedName(machine: MachineName, wanted: string): string {
    const name = wanted.slice(0, 76);
    const namesakes = this.#executions
      .all()
      .filter(
        (execution) =>
          execution.machine === machine && execution.name.replace(/\+\d+$/, '') === name,
      ).length;
    return namesakes === 0 ? name : `${name}+${namesakes}`;
  }

  #occurrence(): Occurrence {
    return { id: this.#ids.uuid(), at: new Date(this.#kernel.now()) };
  }
}
