import type { Machine } from '../machines/machines.ts';
import type { ProxyNetwork, Source } from '../network/proxy-network.ts';
import type { AwsContext } from './aws-context.ts';
import { AwsError } from './aws-error.ts';
import type { Instances } from './instances.ts';

interface Target {
  readonly id: string;
  readonly registeredAt: number;
  drainingUntil: number | null;
  /** The state in the last event. */
  reported: string;
}

interface LoadBalancer {
  readonly proxy: string;
  readonly network: ProxyNetwork;
  readonly targetGroups: readonly { readonly arn: string; readonly port: number }[];
  readonly targets: Map<string, Target>;
  /** The target of each source that has connected. */
  readonly sources: Map<string, string>;
}

export interface Health {
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  readonly reason: string | undefined;
}

/** Two health checks ten seconds apart must fail before a target is taken for unhealthy. */
const unhealthySeconds = 20;

/** One network load balancer per proxy, with one target group per port; all of them see the same targets. */
export class LoadBalancers {
  readonly #balancers = new Map<string, LoadBalancer>();
  readonly #byTargetGroup = new Map<string, { balancer: LoadBalancer; port: number }>();
  readonly #context: AwsContext;
  readonly #instances: Instances;

  constructor(context: AwsContext, instances: Instances) {
    this.#context = context;
    this.#instances = instances;
    context.kernel.observe(({ kind, proxy }) => {
      if (kind === 'provisioned' && proxy !== undefined) this.#emitFor(proxy);
    });
  }

  /** Returns the ARNs of the target groups. */
  add(proxy: string, groupName: string, ports: readonly number[]): readonly string[] {
    const { kernel, region, account } = this.#context;
    const targetGroups = ports.map((port) => ({
      port,
      arn:
        `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/` +
        `${groupName}-${port}/${kernel.random.hex(16)}`,
    }));
    const balancer = {
      proxy,
      network: this.#context.paths.of(proxy),
      targetGroups,
      targets: new Map<string, Target>(),
      sources: new Map<string, string>(),
    };
    this.#balancers.set(proxy, balancer);
    for (const { arn, port } of targetGroups) this.#byTargetGroup.set(arn, { balancer, port });
    return targetGroups.map(({ arn }) => arn);
  }

  register(proxy: string, id: string, registeredAt = this.#context.kernel.now()): void {
    const target: Target = { id, registeredAt, drainingUntil: null, reported: 'initial' };
    const balancer = this.#balancer(proxy);
    balancer.targets.set(id, target);
    const { registerSeconds } = this.#context.durations;
    const seconds = registerSeconds - (this.#context.kernel.now() - registeredAt) / 1000;
    if (seconds > 0) this.#context.kernel.after(seconds, () => this.#emitChange(proxy, target));
    else target.reported = this.#healthOverall(balancer, target).state;
  }

  /** Starts to drain, unless that has begun; returns how many seconds it takes from now. */
  deregister(proxy: string, id: string): number {
    const target = this.#registered(this.#balancer(proxy)).find((one) => one.id === id);
    if (target === undefined) return 0;
    const now = this.#context.kernel.now();
    target.drainingUntil ??= now + this.#context.durations.drainSeconds * 1000;
    this.#emitChange(proxy, target);
    return (target.drainingUntil - now) / 1000;
  }

  /** The health of the targets of one target group, as AWS reports it. */
  describe(targetGroupArn: string): {
    readonly port: number;
    readonly targets: readonly { readonly id: string; readonly health: Health }[];
  } {
    if (!/:targetgroup\/[^/]+\/[0-9a-f]+$/.test(targetGroupArn)) {
      throw new AwsError('ValidationError', `'${targetGroupArn}' is not a valid target group ARN`);
    }
    const found = this.#byTargetGroup.get(targetGroupArn);
    if (found === undefined) {
      throw new AwsError('TargetGroupNotFound', 'One or more target groups not found', {
        name: 'TargetGroupNotFoundException',
      });
    }
    const isChecked = found.balancer.network.isChecked(found.port);
    const targets = this.#registered(found.balancer).map((target) => ({
      id: target.id,
      health: this.#health(target, isChecked),
    }));
    return { port: found.port, targets };
  }

  isHealthy(proxy: string, id: string): boolean {
    const balancer = this.#balancer(proxy);
    const target = balancer.targets.get(id);
    return target !== undefined && this.#isHealthy(balancer, target);
  }

  /**
   * The machine that a new connection from a source reaches: a healthy target, or when there is none, any that is
   * registered. A source stays with its target; new ones take turns. `null` when nothing is registered.
   */
  connect(proxy: string, source: Source): Machine | null {
    const { sources } = this.#balancer(proxy);
    const machines = this.reachable(proxy);
    const bound = machines.find(({ id }) => id === sources.get(source));
    const machine = bound ?? machines[sources.size % machines.length] ?? null;
    if (machine !== null) sources.set(source, machine.id);
    return machine;
  }

  /** Every machine that a new connection of a client could reach at this moment. */
  reachable(proxy: string): readonly Machine[] {
    const balancer = this.#balancer(proxy);
    const open = this.#registered(balancer).filter(({ drainingUntil }) => drainingUntil === null);
    const healthy = open.filter((target) => this.#isHealthy(balancer, target));
    return (healthy.length > 0 ? healthy : open).flatMap(
      ({ id }) => this.#context.machines.get(id) ?? [],
    );
  }

  #registered(balancer: LoadBalancer): readonly Target[] {
    const now = this.#context.kernel.now();
    for (const { id, drainingUntil } of balancer.targets.values()) {
      if (drainingUntil !== null && drainingUntil <= now) balancer.targets.delete(id);
    }
    return [...balancer.targets.values()];
  }

  #isHealthy(balancer: LoadBalancer, target: Target): boolean {
    return this.#healthOverall(balancer, target).state === 'healthy';
  }

  /** In all target groups together. */
  #healthOverall({ network }: LoadBalancer, target: Target): Health {
    return this.#health(target, network.isCheckedEverywhere);
  }

  #health({ id, registeredAt, drainingUntil }: Target, isChecked: boolean): Health {
    const now = this.#context.kernel.now();
    if (drainingUntil !== null) {
      return { state: 'draining', reason: 'Target.DeregistrationInProgress' };
    }
    if (now < registeredAt + this.#context.durations.registerSeconds * 1000) {
      return { state: 'initial', reason: 'Elb.RegistrationInProgress' };
    }
    return isChecked && this.#answers(id, now)
      ? { state: 'healthy', reason: undefined }
      : { state: 'unhealthy', reason: 'Target.FailedHealthChecks' };
  }

  #answers(id: string, now: number): boolean {
    const machine = this.#context.machines.get(id);
    if (machine?.phase !== 'provisioned' || !machine.answersHealthChecks) return false;
    const diedAt = this.#instances.get(id)?.terminatedAt;
    return machine.alive || (typeof diedAt === 'number' && now < diedAt + unhealthySeconds * 1000);
  }

  #emitFor(proxy: string): void {
    for (const target of this.#balancers.get(proxy)?.targets.values() ?? []) {
      this.#emitChange(proxy, target);
    }
  }

  #emitChange(proxy: string, target: Target): void {
    const balancer = this.#balancer(proxy);
    if (balancer.targets.get(target.id) !== target) return;
    const { state } = this.#healthOverall(balancer, target);
    if (state === target.reported) return;
    target.reported = state;
    this.#context.kernel.emit(`target-${state}`, proxy, `NLB target ${target.id}: ${state}`);
  }

  #balancer(proxy: string): LoadBalancer {
    const balancer = this.#balancers.get(proxy);
    if (balancer === undefined) throw new Error(`There is no load balancer for the proxy ${proxy}`);
    return balancer;
  }
}
