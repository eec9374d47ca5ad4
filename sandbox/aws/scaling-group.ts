import type { Timer } from '../kernel/kernel.ts';
import { isActive, type Member, victims } from './group-member.ts';
import { GroupMembers, type MemberOwner } from './group-members.ts';
import type { LaunchHook } from './launch-hook.ts';
import {
  type GroupParts,
  type GroupSettings,
  launchProblem,
  resolvedImage,
  type Template,
} from './launches.ts';
import type { ScalingActivities, ScalingActivity } from './scaling-activities.ts';

/** Virtual seconds that Auto Scaling takes until it acts, and acts again after a launch that failed. */
const seconds = { reaction: 5, retryFirst: 30, retryMax: 900 } as const;

/**
 * One Auto Scaling group. It works towards its desired capacity as the service does: on its own, a little
 * later, and without asking.
 */
export class ScalingGroup implements MemberOwner {
  readonly settings: GroupSettings;
  readonly suspended = new Set<string>();
  /** Those of the suspended processes that a person has suspended. */
  readonly suspendedByHand = new Set<string>();
  readonly hookOpened: (member: Member) => void;
  sizes = { min: 1, max: 2, desired: 1 };
  template: Template;
  hook: LaunchHook;
  readonly #members: GroupMembers;
  readonly #parts: GroupParts;
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
    this.#parts = parts;
    this.#members = new GroupMembers(this, parts);
    this.hookOpened = (member) => onLaunch(this, member);
  }

  get activities(): ScalingActivities {
    return this.#members.activities;
  }

  /** It is not about to launch or terminate an instance by itself. */
  get isAtRest(): boolean {
    return this.#pass === null && !this.#rebalancing;
  }

  members(): readonly Member[] {
    return this.#members.all();
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Puts an instance in that has served since before the run. */
  addServing(id: string, joinedAt: number): void {
    this.#members.addServing(id, joinedAt);
  }

  setSizes(sizes: ScalingGroup['sizes']): void {
    this.sizes = sizes;
    this.reconcileSoon();
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
    const member = this.#members.waiting(id, hookName);
    if (result === 'CONTINUE') this.#members.proceed(member);
    else this.#members.terminate(member);
  }

  heartbeat(id: string, hookName: string): void {
    this.#members.waiting(id, hookName).hook?.heartbeat();
  }

  enterStandby(member: Member, decrement: boolean): void {
    if (decrement) this.#desire(-1);
    this.#members.enterStandby(member);
  }

  exitStandby(member: Member): void {
    this.#desire(1);
    this.#members.exitStandby(member);
  }

  terminate(member: Member, decrement: boolean): ScalingActivity {
    if (decrement && isActive(member)) this.#desire(-1);
    return this.#members.terminate(member);
  }

  /** Auto Scaling only learns from its health check what happened to an instance. */
  checkSoon(id: string): void {
    this.#members.checkSoon(id);
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

  #desire(more: number): void {
    this.sizes = { ...this.sizes, desired: this.sizes.desired + more };
  }

  #reconcile(): void {
    this.#replaceUnhealthy();
    const active = this.members().filter(isActive);
    const missing = this.#wanted(active) - active.length;
    if (missing > 0 && !this.suspended.has('Launch')) {
      for (let launch = 0; launch < missing; launch += 1) this.#launch();
    }
    if (missing < 0 && !this.suspended.has('Terminate')) {
      for (const victim of victims(active, -missing)) this.#members.terminate(victim);
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
      if (member.state === 'InService' && !member.healthy) this.#members.terminate(member);
    }
  }

  #launch(): void {
    const { name, proxy, tags } = this.settings;
    const activity = this.activities.begin('Launching a new EC2 instance');
    const problem = launchProblem(this.#parts, this.settings, this.template);
    if (problem !== null) {
      this.#failLaunch(activity, problem);
      return;
    }
    this.#failures = 0;
    const imageId = resolvedImage(this.#parts, this.template);
    const marked = { ...tags, 'aws:autoscaling:groupName': name };
    const { id } = this.#parts.instances.launch(proxy, imageId, marked);
    this.#members.addLaunched(id, activity);
  }

  #failLaunch(activity: ScalingActivity, problem: string): void {
    this.#failures += 1;
    this.activities.end(activity, 'Failed', `${problem} Launching EC2 instance failed.`);
    const text = `launch failed: ${problem}`;
    this.#parts.context.kernel.emit('launch-failed', this.settings.proxy, text);
    const backoff = seconds.retryFirst * 2 ** Math.min(this.#failures - 1, 10);
    this.reconcileSoon(Math.min(backoff, seconds.retryMax));
  }
}
