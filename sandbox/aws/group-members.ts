import type { LifecycleState } from '../../functions/ports/group.ts';
import { type Member, validation } from './group-member.ts';
import { type LaunchHook, OpenHook } from './launch-hook.ts';
import type { GroupParts, GroupSettings, Template } from './launches.ts';
import { ScalingActivities, type ScalingActivity } from './scaling-activities.ts';

/** What the life of its members asks of a group. */
export interface MemberOwner {
  readonly settings: GroupSettings;
  readonly template: Template;
  readonly hook: LaunchHook;
  readonly suspended: ReadonlySet<string>;
  /** A member has come or gone, or is ill. */
  reconcileSoon(): void;
  /** A member waits in its launch hook. */
  hookOpened(member: Member): void;
}

/** Virtual seconds that Auto Scaling and EC2 take for a step in the life of an instance. */
const seconds = { power: 20, proceed: 5, exitStandby: 10, noticeIllness: 40 } as const;

/** As AWS words the end of a launch that came after the call. */
const cancelledWords =
  'Instance became unhealthy while waiting for instance to be in InService state.';

/** The members of one Auto Scaling group, each on its way from launch to end. */
export class GroupMembers {
  readonly activities: ScalingActivities;
  readonly #members = new Map<string, Member>();
  readonly #owner: MemberOwner;
  readonly #parts: GroupParts;

  constructor(owner: MemberOwner, parts: GroupParts) {
    this.#owner = owner;
    this.#parts = parts;
    this.activities = new ScalingActivities(parts.context.kernel);
  }

  all(): readonly Member[] {
    return [...this.#members.values()];
  }

  get(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Waits in the launch hook of that name. */
  waiting(id: string, hookName: string): Member {
    const member = this.#members.get(id);
    if (member?.state === 'Pending:Wait' && member.hook?.name === hookName) return member;
    throw validation(`No active Lifecycle Action found with instance ID ${id}`);
  }

  /** Adds an instance that has served since before the run. */
  addServing(id: string, joinedAt: number): void {
    const [zone = ''] = this.#owner.settings.zones;
    this.#add(id, 'InService', joinedAt, zone, null);
    this.#parts.balancers.register(this.#proxy, id, joinedAt);
  }

  addLaunched(id: string, zone: string, launch: ScalingActivity): Member {
    const { kernel } = this.#parts.context;
    const member = this.#add(id, 'Pending', kernel.now(), zone, launch);
    kernel.emit('instance-launched', this.#proxy, `Auto Scaling launched ${id}`);
    this.#later(member, seconds.power, 'Pending', () => this.#openHook(member));
    return member;
  }

  proceed(member: Member): void {
    member.hook?.close();
    member.hook = null;
    member.admittedAt = this.#parts.context.kernel.now();
    this.#move(member, 'Pending:Proceed');
    this.#parts.balancers.register(this.#proxy, member.id);
    this.#later(member, seconds.proceed, 'Pending:Proceed', () => {
      if (member.launch !== null) this.activities.end(member.launch, 'Successful');
      this.#enterService(member);
    });
  }

  enterStandby(member: Member): void {
    this.#move(member, 'EnteringStandby');
    const drainSeconds = this.#parts.balancers.deregister(this.#proxy, member.id);
    this.#later(member, drainSeconds, 'EnteringStandby', () => this.#move(member, 'Standby'));
    this.#owner.reconcileSoon();
  }

  /** The launch hook does not run again for an instance that comes back. */
  exitStandby(member: Member): void {
    this.#move(member, 'Pending');
    this.#parts.balancers.register(this.#proxy, member.id);
    this.#later(member, seconds.exitStandby, 'Pending', () => this.#enterService(member));
  }

  /** EC2 has ended it soon after the call that launched it, for that reason. */
  cancelLaunch(member: Member, reason: string): void {
    const { power } = seconds;
    this.#later(member, power / 2, 'Pending', () => {
      this.#parts.instances.kill(member.id, reason);
      this.terminate(member, {
        whyCancelled: `${cancelledWords} Termination Reason: ${reason}`,
      });
    });
  }

  terminate(
    member: Member,
    { whyCancelled, reason }: { readonly whyCancelled?: string; readonly reason?: string } = {},
  ): ScalingActivity {
    member.hook?.close();
    member.hook = null;
    if (member.launch?.statusCode === 'InProgress')
      this.activities.end(member.launch, 'Cancelled', whyCancelled);
    const activity = this.activities.begin(`Terminating EC2 instance: ${member.id}`, reason);
    this.#move(member, 'Terminating');
    const { balancers, instances } = this.#parts;
    const drainSeconds = balancers.deregister(this.#proxy, member.id);
    const isRunning = instances.isRunning(member.id);
    this.#later(member, isRunning ? drainSeconds : 0, 'Terminating', () => {
      instances.terminate(member.id);
      this.#later(member, seconds.power, 'Terminating', () => this.#leave(member, activity));
    });
    this.#owner.reconcileSoon();
    return activity;
  }

  /** Auto Scaling only learns from its health check what happened to an instance. */
  checkSoon(id: string): void {
    const member = this.#members.get(id);
    if (member?.state === 'InService') this.#checkIn(member, seconds.noticeIllness);
  }

  get #proxy(): string {
    return this.#owner.settings.proxy;
  }

  #openHook(member: Member): void {
    const { kernel } = this.#parts.context;
    member.hook = new OpenHook(this.#owner.hook, kernel, (result) => {
      const text = `launch hook of ${member.id} timed out (${result})`;
      kernel.emit('hook-timed-out', this.#proxy, text);
      if (result === 'CONTINUE') this.proceed(member);
      else this.terminate(member);
    });
    this.#move(member, 'Pending:Wait');
    this.#owner.hookOpened(member);
  }

  #enterService(member: Member): void {
    this.#move(member, 'InService');
    const isDead = !this.#parts.instances.isRunning(member.id);
    const { healthCheckGraceSeconds } = this.#owner.settings;
    this.#checkIn(member, isDead ? seconds.noticeIllness : healthCheckGraceSeconds);
    this.#owner.reconcileSoon();
  }

  /** One look at an instance's health, after the grace period or when something happened to it. */
  #checkIn(member: Member, afterSeconds: number): void {
    this.#later(member, afterSeconds, 'InService', () => {
      const { balancers, instances, context } = this.#parts;
      const isWell = instances.isRunning(member.id) && balancers.isHealthy(this.#proxy, member.id);
      if (isWell || this.#owner.suspended.has('HealthCheck')) return;
      member.healthy = false;
      const text = `Auto Scaling marked ${member.id} unhealthy`;
      context.kernel.emit('instance-unhealthy', this.#proxy, text);
      this.#owner.reconcileSoon();
    });
  }

  #leave({ id }: Member, activity: ScalingActivity): void {
    this.#members.delete(id);
    this.activities.end(activity, 'Successful');
    this.#parts.context.kernel.emit('instance-gone', this.#proxy, `${id} removed from its group`);
  }

  #add(
    id: string,
    state: LifecycleState,
    joinedAt: number,
    zone: string,
    launch: ScalingActivity | null,
  ): Member {
    const { template } = this.#owner;
    const isNew = { template, healthy: true, isProtected: false, hook: null, admittedAt: null };
    const member: Member = { id, state, joinedAt, zone, launch, ...isNew };
    this.#members.set(id, member);
    return member;
  }

  #move(member: Member, state: LifecycleState): void {
    member.state = state;
    const { kernel } = this.#parts.context;
    kernel.emit('lifecycle-changed', this.#proxy, `${member.id} is ${state}`);
  }

  /** Does nothing if the instance has left that state meanwhile. */
  #later(member: Member, afterSeconds: number, state: LifecycleState, action: () => void): void {
    this.#parts.context.kernel.after(afterSeconds, () => {
      if (member.state === state && this.#members.get(member.id) === member) action();
    });
  }
}
