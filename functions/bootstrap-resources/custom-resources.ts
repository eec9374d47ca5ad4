/** What CloudFormation has no resource type for, or would set again in every deployment. */
export const resourceTypes = {
  firstImage: 'Custom::FirstImage',
  firstRun: 'Custom::FirstRun',
  launchGrant: 'Custom::LaunchGrant',
} as const;

/** The properties of each, as CloudFormation passes them: strings only. */
export interface FirstImageProperties {
  /** The parameter to create. */
  readonly Parameter: string;
  /** The initial image: an id, or the name of a parameter that holds one. */
  readonly BaseImage: string;
}

export interface FirstRunProperties {
  readonly EveryDays: string;
  /** Changes with the schedule, because an update of the schedule needs a start in the future. */
  readonly Schedule: string;
}

export interface LaunchGrantProperties {
  /** The key that encrypts the images. */
  readonly Key: string;
  /** Who launches from them. */
  readonly Role: string;
  /** Of the grant: unique to a group, as long as the group is. */
  readonly Name: string;
}

/** What AWS's user guide of EC2 Auto Scaling has granted for volumes that a customer's key encrypts. */
export const launchGrantOperations = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
] as const;

export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceType: string;
  readonly ResourceProperties: Readonly<Record<string, string>>;
  /** For an update or a deletion: what the creation returned. */
  readonly PhysicalResourceId?: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

export interface ResourceOutcome {
  readonly physicalId: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** The id of a resource whose creation failed, with which CloudFormation deletes it. */
export const neverCreated = 'none';

export const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;
