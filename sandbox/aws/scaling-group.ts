import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import type { Timer } from '../kernel/kernel.ts';
import { countIn, isActive, isDoomed, type Member, victims } from './group-member.ts';
import { GroupMembers, type MemberOwner } from './group-members.ts';
import type { LaunchHook } from './launch-hook.ts';
import {
  type GroupParts,
  type GroupSettings,
  launchProblem,
  resolvedImage,
  type Template,
} from './launches.ts';
import { MaxLifetime } from './max-lifetime.ts';
import type { ScalingActivities, ScalingActivity } from './scaling-activities.ts';

/** Virtual seconds that Auto Scaling takes until it acts, and acts again after a launch that failed. */
const seconds = { reaction: 5, nextZone: 15, retryFirst: 30, retryMax: 900 } as const;

/** The service-linked role of Auto Scaling may not use the customer's key. */
const badKey = 'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state';

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
  sizes: { readonly min: number; readonly max: number; readonly desired: number };
  template: Template;
  hook: LaunchHook;
  readonly #members: GroupMembers;
  readonly #parts: GroupParts;
  readonly #lifetime: MaxLifetime;
  #pass: { readonly at: number; readonly timer: Timer } | null = null;
  #failures = 0;
  /** Zones that have refused a launch since the last one that went well. */
  readonly #dryZones = new Set<string>();
  /** AZRebalance runs one instance more for a while. */
  #rebalancing: 'wanted' | 'launched' | null = null;

  constructor(
    settings: GroupSettings,
    template: Template,
    hook: LaunchHook,
    parts: GroupParts,
    onLaunch: (group: ScalingGroup, member: Member) => void,
  ) {
    this.settings = settings;
    this.sizes = { ...deployedGroup.sizes, desired: 0 };
    this.template = template;
    this.hook = hook;
    this.#parts = parts;
    this.#lifetime = new MaxLifetime(parts.context.kernel, settings.maxLifetimeSeconds, () =>
      this.reconcileSoon(),
    );
    this.#members = new GroupMembers(this, parts);
    this.hookOpened = (member) => onLaunch(this, member);
  }

  get activities(): ScalingActivities {
    return this.#members.activities;
  }

  /** It is not about to launch or terminate an instance by itself. */
  get isAtRest(): boolean {
    return this.#pass === null && this.#rebalancing === null;
  }

  isBeyondLifetime(launchedAt: number): boolean {
    return this.#lifetime.isOver(launchedAt);
  }

  members(): readonly Member[] {
    return this.#members.all();
  }

  member(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Puts an instance in that has served since before the run. */
  addServing(id: string, joinedAt: number): void {
    this.sizes = { ...this.sizes, desired: this.sizes.desired + 1 };
    this.#members.addServing(id, joinedAt);
    this.#lifetime.watch(joinedAt);
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

  protect(member: Member, isProtected: boolean): void {
    member.isProtected = isProtected;
    this.reconcileSoon();
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
    this.#rebalancing ??= 'wanted';
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

  get #replaces(): boolean {
    return !this.suspended.has('ReplaceUnhealthy') && !this.suspended.has('Terminate');
  }

  #desire(more: number): void {
    this.sizes = { ...this.sizes, desired: this.sizes.desired + more };
  }

  #reconcile(): void {
    this.#replaceUnhealthy();
    this.#replaceOutlived();
    const active = this.members().filter((one) => isActive(one) && !this.#isToLeave(one));
    const missing = this.#wanted(active) - active.length;
    if (missing > 0 && !this.suspended.has('Launch')) {
      for (let launch = 0; launch < missing; launch += 1) this.#launch();
    }
    if (missing < 0 && !this.suspended.has('Terminate')) {
      for (const victim of victims(active, -missing)) this.#members.terminate(victim);
    }
  }

  #wanted(active: readonly Member[]): number {
    const { desired } = this.sizes;
    if (this.suspended.has('AZRebalance')) this.#rebalancing = null;
    if (this.#rebalancing === null) return desired;
    const inService = active.filter(({ state }) => state === 'InService').length;
    // Zones are in balance again without the other instance, if its launch was abandoned.
    const isAbandoned = this.#rebalancing === 'launched' && active.length <= desired;
    if (inService > desired || isAbandoned) {
      this.#rebalancing = null;
      return desired;
    }
    return desired + 1;
  }

  /** By its maintenance policy, what still runs goes only once another instance has come into service in its place. */
  #replaceUnhealthy(): void {
    if (!this.#replaces) return;
    for (const member of this.members().filter(isDoomed)) {
      const isDead = !this.#parts.instances.isRunning(member.id);
      if (isDead || this.#isReplaced) this.#members.terminate(member);
    }
  }

  /** One at a time. The text is not documented. */
  #replaceOutlived(): void {
    if (this.suspended.has('Terminate') || !this.#isReplaced) return;
    const outlived = this.members().find((member) => this.#lifetime.hasEnded(member));
    if (outlived === undefined) return;
    const reason = `instance ${outlived.id} exceeding its maximum instance lifetime`;
    this.#members.terminate(outlived, { reason });
  }

  /** As many as are desired serve without those that are to leave. */
  get #isReplaced(): boolean {
    const staying = this.members().filter(
      (one) => one.state === 'InService' && one.healthy && !this.#lifetime.hasEnded(one),
    );
    return staying.length >= this.sizes.desired;
  }

  #isToLeave(member: Member): boolean {
    if (this.#replaces && isDoomed(member)) return true;
    return !this.suspended.has('Terminate') && this.#lifetime.hasEnded(member);
  }

  #launch(): void {
    const { name, proxy, tags } = this.settings;
    const activity = this.activities.begin('Launching a new EC2 instance');
    const zone = this.#nextZone();
    const problem = launchProblem(this.#parts, this.settings, this.template, zone);
    if (problem !== null) {
      this.#failLaunch(activity, zone, problem);
      return;
    }
    this.#failures = 0;
    this.#dryZones.clear();
    if (this.#rebalancing !== null) this.#rebalancing = 'launched';
    const imageId = resolvedImage(this.#parts, this.template);
    const marked = { ...tags, 'aws:autoscaling:groupName': name };
    const { id } = this.#parts.instances.launch(proxy, imageId, marked);
    const member = this.#members.addLaunched(id, zone, activity);
    this.#lifetime.watch(member.joinedAt);
    const { faults } = this.#parts.context;
    if (faults.strikes('launch-cancelled', { proxy })) this.#members.cancelLaunch(member, badKey);
  }

  /** Capacity is distributed as `balanced-best-effort` says: the emptiest zone, or another one if that refuses. */
  #nextZone(): string {
    const { zones } = this.settings;
    const untried = zones.filter((zone) => !this.#dryZones.has(zone));
    if (untried.length === 0) this.#dryZones.clear();
    const active = this.members().filter(isActive);
    const choice = untried.length === 0 ? zones : untried;
    return choice.toSorted((one, other) => countIn(active, one) - countIn(active, other))[0] ?? '';
  }

  #failLaunch(activity: ScalingActivity, zone: string, problem: string): void {
    this.#dryZones.add(zone);
    this.#failures += 1;
    this.activities.end(activity, 'Failed', `${problem} Launching EC2 instance failed.`);
    const text = `launch failed: ${problem}`;
    this.#parts.context.kernel.emit('launch-failed', this.settings.proxy, text);
    if (this.#dryZones.size < this.settings.zones.length) {
      this.reconcileSoon(seconds.nextZone);
      return;
    }
    const rounds = Math.ceil(this.#failures / this.settings.zones.length);
    const backoff = seconds.retryFirst * 2 ** Math.min(rounds - 1, 10);
    this.reconcileSoon(Math.min(backoff, seconds.retryMax));
  }
}
