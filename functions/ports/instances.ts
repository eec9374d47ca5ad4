export type InstanceState =
  | 'pending'
  | 'running'
  | 'shutting-down'
  | 'terminated'
  | 'stopping'
  | 'stopped';

export interface Instance {
  readonly id: string;
  readonly state: InstanceState;
  /** Why EC2 has stopped or ended it, in EC2's words. */
  readonly stateReason: string | null;
  readonly imageId: string;
  readonly privateIp: string | null;
  readonly launchedAt: Date;
  readonly tags: Readonly<Record<string, string>>;
}

/** EC2 instances. Errors as in `GroupPort`. */
export interface InstancePort {
  /** The given instances that EC2 still has. */
  read(instanceIds: readonly string[]): Promise<readonly Instance[]>;
  tag(instanceId: string, tags: Readonly<Record<string, string>>): Promise<void>;
}
