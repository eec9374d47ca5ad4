import type { LifecycleState } from '../../functions/ports/group.ts';
import type { Timer } from '../kernel/kernel.ts';
import { isActive, type Member, validation, victims } from './group-member.ts';
import { type LaunchHook, OpenHook } from './launch-hook.ts';
import {
  type GroupParts,
  type GroupSettings,
  launchProblem,
  resolvedImage,
  type Template,
} from './launches.ts';
import { ScalingActivities, type ScalingActivity } from './scaling-activities.ts';

/** Virtual seconds that Auto Scaling and EC2 take for things of their own. */
const seconds = {
  reaction: 5,
  power: 20,
  proceed: 5,
  exitStandby: 10,
  noticeIllness: 40,
  retryFirst: 30,
  retryMax: 900,
} as const;

/**
 * One Auto Scaling group. It works towards its desired capacity as the service does: on its own, a little
 * later, and without asking anybody.
 */
export class ScalingGroup {
  readonly settings: GroupSettings;
  readonly activities: ScalingActivities;
  readonly suspended = new Set<string>();
  /** Those of the suspended processes that a person has suspended. */
  readonly suspendedByHand = new Set<string>();
  sizes = { min: 1, max: 2, desired: 1 };
  template: Template;
  hook: LaunchHook | null;
  readonly #members = new Map<string, Member>();
  readonly #parts: GroupParts;
  readonly #onLaunch: (group: ScalingGroup, member: Member) => void;
  #pass: { readonly at: number; readonly timer: Timer } | null = null;
  #failures = 0;
  /** AZRebalance runs one instance more for a while. */
  #rebalancing = false;

  constructor(
    settings: GroupSettings,
    template: Template,
    hook: LaunchHook,
    parts: GroupParts,
    onLaunch: (group: ScalingGroup, member: Member) => void,
  ) {
    this.settings = settings;
    this.template = template;
    this.hook = hook;
    this.activities = new ScalingActivities(parts.context.kernel);
    this.#parts = parts;
    this.#onLaunch = onLaunch;
  }

  /** It is about to launch or lose no instance of its own accord. */
  get isAtRest(): boolean {
    return this.#pass === null && !this.#rebalancing;
  }

  members(): readonly Member[] {
    return [...this.#members.values()];
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Puts an instance in that has served since before the run. */
  addServing(id: string, joinedAt: number): void {
    this.#add(id, 'InService', joinedAt, null);
    this.#parts.balancers.register(this.settings.proxy, id, joinedAt);
  }

  setSizes(sizes: ScalingGroup['sizes']): void {
    this.sizes = sizes;
    this.reconcileSoon();
  }

  get templateVersion(): string {
    return this.template.version;
  }

  suspendByHand(processes: readonly string[]): void {
    for (const process of processes) {
      this.suspended.add(process);
      this.suspendedByHand.add(process);
    }
  }

  resume(processes: readonly string[]): void {
    for (const process of processes) {
      this.suspended.delete(process);
      this.suspendedByHand.delete(process);
    }
    this.reconcileSoon();
  }

  completeHook(id: string, hookName: string, result: 'CONTINUE' | 'ABANDON'): void {
    const member = this.#waiting(id, hookName);
    if (result === 'CONTINUE') this.#proceed(member);
    else this.#terminate(member);
  }

  heartbeat(id: string, hookName: string): void {
    this.#waiting(id, hookName).hook?.heartbeat();
  }

  enterStandby(member: Member, decrement: boolean): void {
    this.#move(member, 'EnteringStandby');
    if (decrement) this.sizes = { ...this.sizes, desired: this.sizes.desired - 1 };
    const drainSeconds = this.#parts.balancers.deregister(this.settings.proxy, member.id);
    this.#later(member, drainSeconds, 'EnteringStandby', () => this.#move(member, 'Standby'));
    this.reconcileSoon();
  }

  /** The launch hook does not run again for an instance that comes back. */
  exitStandby(member: Member): void {
    this.sizes = { ...this.sizes, desired: this.sizes.desired + 1 };
    this.#move(member, 'Pending');
    this.#parts.balancers.register(this.settings.proxy, member.id);
    this.#later(member, seconds.exitStandby, 'Pending', () => this.#enterService(member));
  }

  terminate(member: Member, decrement: boolean): ScalingActivity {
    const isCounted = isActive(member);
    if (decrement && isCounted) {
      this.sizes = { ...this.sizes, desired: this.sizes.desired - 1 };
    }
    return this.#terminate(member);
  }

  /** What becomes of an instance behind its back, Auto Scaling learns from its health check. */
  checkSoon(id: string): void {
    const member = this.#members.get(id);
    if (member?.state === 'InService') this.#checkIn(member, seconds.noticeIllness);
  }

  /** Whatever waits in the launch hook has waited long enough. */
  expireHooks(): void {
    for (const { hook } of this.members()) hook?.expire();
  }

  /** Zones are out of balance: one instance more, and then one less, of Auto Scaling's own choice. */
  rebalance(): void {
    if (this.suspended.has('AZRebalance')) return;
    this.#rebalancing = true;
    this.reconcileSoon();
  }

  reconcileSoon(afterSeconds: number = seconds.reaction): void {
    const { kernel } = this.#parts.context;
    const at = kernel.now() + afterSeconds * 1000;
    if (this.#pass !== null && this.#pass.at <= at) return;
    this.#pass?.timer.cancel();
    const timer = kernel.after(afterSeconds, () => {
      this.#pass = null;
      this.#reconcile();
    });
    this.#pass = { at, timer };
  }

  #reconcile(): void {
    this.#replaceUnhealthy();
    const active = this.members().filter(isActive);
    const missing = this.#wanted(active) - active.length;
    if (missing > 0 && !this.suspended.has('Launch')) {
      for (let launch = 0; launch < missing; launch += 1) this.#launch();
    }
    if (missing < 0 && !this.suspended.has('Terminate')) {
      for (const victim of victims(active, -missing)) this.#terminate(victim);
    }
  }

  #wanted(active: readonly Member[]): number {
    if (this.suspended.has('AZRebalance')) this.#rebalancing = false;
    if (!this.#rebalancing) return this.sizes.desired;
    const inService = active.filter(({ state }) => state === 'InService').length;
    if (inService <= this.sizes.desired) return this.sizes.desired + 1;
    this.#rebalancing = false;
    return this.sizes.desired;
  }

  #replaceUnhealthy(): void {
    if (this.suspended.has('ReplaceUnhealthy') || this.suspended.has('Terminate')) return;
    for (const member of this.members()) {
      if (member.state === 'InService' && !member.healthy) this.#terminate(member);
    }
  }

  #launch(): void {
    const { instances, context } = this.#parts;
    const { proxy, tags } = this.settings;
    const activity = this.activities.begin('Launching a new EC2 instance');
    const problem = launchProblem(this.#parts, this.settings, this.template);
    if (problem !== null) {
      this.#failures += 1;
      this.activities.end(activity, 'Failed', `${problem} Launching EC2 instance failed.`);
      context.kernel.emit('launch-failed', proxy, `Auto Scaling could not launch: ${problem}`);
      const backoff = seconds.retryFirst * 2 ** Math.min(this.#failures - 1, 10);
      this.reconcileSoon(Math.min(backoff, seconds.retryMax));
      return;
    }
    this.#failures = 0;
    const { id } = instances.launch(proxy, resolvedImage(this.#parts, this.template), {
      ...tags,
      'aws:autoscaling:groupName': this.settings.name,
    });
    const member = this.#add(id, 'Pending', context.kernel.now(), activity);
    context.kernel.emit('instance-launched', proxy, `Auto Scaling has launched ${id}`);
    this.#later(member, seconds.power, 'Pending', () => this.#powerOn(member));
  }

  #powerOn(member: Member): void {
    if (this.hook === null) {
      this.#proceed(member);
      return;
    }
    member.hook = new OpenHook(this.hook, this.#parts.context.kernel, (result) => {
      this.#parts.context.kernel.emit(
        'hook-timed-out',
        this.settings.proxy,
        `the launch hook of ${member.id} has timed out (${result})`,
      );
      if (result === 'CONTINUE') this.#proceed(member);
      else this.#terminate(member);
    });
    this.#move(member, 'Pending:Wait');
    this.#onLaunch(this, member);
  }

  #waiting(id: string, hookName: string): Member {
    const member = this.#members.get(id);
    if (member?.state === 'Pending:Wait' && member.hook?.name === hookName) return member;
    throw validation(`No active Lifecycle Action found with instance ID ${id}`);
  }

  #proceed(member: Member): void {
    member.hook?.close();
    member.hook = null;
    this.#move(member, 'Pending:Proceed');
    this.#parts.balancers.register(this.settings.proxy, member.id);
    this.#later(member, seconds.proceed, 'Pending:Proceed', () => {
      if (member.launch !== null) this.activities.end(member.launch, 'Successful');
      this.#enterService(member);
    });
  }

  #enterService(member: Member): void {
    this.#move(member, 'InService');
    const isDead = !this.#parts.instances.isRunning(member.id);
    this.#checkIn(member, isDead ? seconds.noticeIllness : this.settings.healthCheckGraceSeconds);
    this.reconcileSoon();
  }

  /** One look at an instance's health, after the grace period or when something happened to it. */
  #checkIn(member: Member, afterSeconds: number): void {
    this.#later(member, afterSeconds, 'InService', () => {
      const { balancers, instances, context } = this.#parts;
      const isWell =
        instances.isRunning(member.id) && balancers.isHealthy(this.settings.proxy, member.id);
      if (isWell || this.suspended.has('HealthCheck')) return;
      member.healthy = false;
      context.kernel.emit(
        'instance-unhealthy',
        this.settings.proxy,
        `Auto Scaling finds ${member.id} unhealthy`,
      );
      this.reconcileSoon();
    });
  }

  #terminate(member: Member): ScalingActivity {
    member.hook?.close();
    member.hook = null;
    if (member.launch?.statusCode === 'InProgress') {
      this.activities.end(member.launch, 'Cancelled');
    }
    const activity = this.activities.begin(`Terminating EC2 instance: ${member.id}`);
    this.#move(member, 'Terminating');
    const drainSeconds = this.#parts.balancers.deregister(this.settings.proxy, member.id);
    const isRunning = this.#parts.instances.isRunning(member.id);
    this.#later(member, isRunning ? drainSeconds : 0, 'Terminating', () => {
      this.#parts.instances.terminate(member.id);
      this.#later(member, seconds.power, 'Terminating', () => {
        this.#members.delete(member.id);
        this.activities.end(activity, 'Successful');
        const { kernel } = this.#parts.context;
        kernel.emit('instance-gone', this.settings.proxy, `${member.id} has left its group`);
      });
    });
    this.reconcileSoon();
    return activity;
  }

  #add(
    id: string,
    state: LifecycleState,
    joinedAt: number,
    launch: ScalingActivity | null,
  ): Member {
    const member: Member = {
      id,
      state,
      joinedAt,
      launch,
      template: this.template,
      healthy: true,
      isProtected: false,
      hook: null,
    };
    this.#members.set(id, member);
    return member;
  }

  #move(member: Member, state: LifecycleState): void {
    member.state = state;
    const { kernel } = this.#parts.context;
    kernel.emit('lifecycle-changed', this.settings.proxy, `${member.id} is ${state}`);
  }

  /** Does nothing when the instance has gone another way meanwhile. */
  #later(member: Member, afterSeconds: number, state: LifecycleState, action: () => void): void {
    this.#parts.context.kernel.after(afterSeconds, () => {
      if (member.state === state && this.#members.get(member.id) === member) action();
    });
  }
}
