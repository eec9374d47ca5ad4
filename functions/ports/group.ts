import type { Group, GroupSizes } from '../domain/group.ts';

export type { Group, GroupInstance, GroupSizes, LifecycleState } from '../domain/group.ts';
export { launchHookName } from '../domain/group.ts';

/** Changes to a group in one call; absent fields stay as they are. */
export interface GroupChange {
  readonly sizes?: GroupSizes;
  readonly launchTemplateVersion?: string;
}

/**
 * The Auto Scaling group of one proxy. All calls throw `AwsUnavailable` on throttling, 5xx and
 * `ResourceContention`/`ScalingActivityInProgress`, and `AwsRefused` on anything else.
 */
export interface GroupPort {
  read(groupName: string): Promise<Group>;
  change(group: Group, change: GroupChange): Promise<void>;
  /** Messages of launches that failed at or after `since`, newest first. */
  failedLaunches(groupName: string, since: Date): Promise<readonly string[]>;
  suspend(groupName: string, processes: readonly string[]): Promise<void>;
  resume(groupName: string, processes: readonly string[]): Promise<void>;
  protect(groupName: string, instanceId: string, isProtected: boolean): Promise<void>;
  enterStandby(groupName: string, instanceId: string): Promise<void>;
  exitStandby(groupName: string, instanceId: string): Promise<void>;
  /** Admits an instance in `Pending:Wait` into service. A closed hook is not an error. */
  admit(groupName: string, instanceId: string): Promise<void>;
  /** Rejects an instance in `Pending:Wait`: Auto Scaling terminates it. A closed hook is not an error. */
  abandon(groupName: string, instanceId: string): Promise<void>;
  /** Keeps the launch hook of an instance in `Pending:Wait` open. A closed hook is not an error. */
  heartbeat(groupName: string, instanceId: string): Promise<void>;
  /** Requests termination; an instance that is already gone is not an error. */
  terminate(instanceId: string, options: { readonly decrement: boolean }): Promise<void>;
}
