/** The lifecycle states of Auto Scaling. */
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

/** A version of a launch template; each template numbers its own from 1. */
export interface TemplateOfGroup {
  readonly id: string;
  readonly version: string;
}

export interface GroupInstance {
  readonly id: string;
  readonly lifecycleState: LifecycleState;
  /** Auto Scaling's own verdict, `HealthStatus` = `Healthy`. It does not change in Standby. */
  readonly healthy: boolean;
  /** What it was launched from; `null` if Auto Scaling does not say. */
  readonly launchTemplate: TemplateOfGroup | null;
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
  readonly launchTemplate: TemplateOfGroup;
  readonly instances: readonly GroupInstance[];
  readonly suspendedProcesses: readonly string[];
  readonly targetGroupArns: readonly string[];
}

/** The processes that could add or remove an instance on their own during a rebuild. */
export const processesToSuspend = ['AZRebalance', 'AlarmNotification', 'ScheduledActions'] as const;

/** The launch lifecycle hook of every group. */
export const launchHookName = 'smart-proxy-launch';
