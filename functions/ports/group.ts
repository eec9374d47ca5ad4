/** Lifecycle states of Auto Scaling that the controller tells apart. */
export type LifecycleState =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'EnteringStandby'
  | 'Standby'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
  | 'Terminated'
  | 'Detaching'
  | 'Detached';

export interface GroupInstance {
  readonly id: string;
  readonly lifecycleState: LifecycleState;
  /** Auto Scaling's own verdict, `HealthStatus` = `Healthy`. Frozen while in Standby. */
  readonly healthy: boolean;
  /** Number of the launch template version it was launched from; `null` when Auto Scaling does not say. */
  readonly launchTemplateVersion: string | null;
  readonly protectedFromScaleIn: boolean;
}

export interface GroupSizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

export interface Group {
  readonly name: string;
  readonly sizes: GroupSizes;
  readonly launchTemplate: { readonly id: string; readonly version: string };
  readonly instances: readonly GroupInstance[];
  readonly suspendedProcesses: readonly string[];
  readonly targetGroupArns: readonly string[];
}

/** What may be changed on a group in one call; what is absent stays as it is. */
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
  /** Lets an instance in `Pending:Wait` into service. A hook that is no longer open is not an error. */
  admit(groupName: string, instanceId: string): Promise<void>;
  /** Keeps the launch hook of an instance in `Pending:Wait` open. A closed hook is not an error. */
  heartbeat(groupName: string, instanceId: string): Promise<void>;
  /** Requests termination; an instance that is gone already is not an error. */
  terminate(instanceId: string, options: { readonly decrement: boolean }): Promise<void>;
}

/** The processes that could remove or add an instance behind the controller's back during a rebuild. */
export const processesToSuspend = ['AZRebalance', 'AlarmNotification', 'ScheduledActions'] as const;

/** Names of things that exist once per group. */
export const launchHookName = 'smart-proxy-launch';
