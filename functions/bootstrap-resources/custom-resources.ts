/** Custom resources that decide a value once, when they are created, and keep it through every deployment. */
export const resourceTypes = {
  firstImage: 'Custom::FirstImage',
  firstRun: 'Custom::FirstRun',
} as const;

/** The properties of each, as CloudFormation hands them over: all text. */
export interface FirstImageProperties {
  /** The parameter to create. */
  readonly Parameter: string;
  /** The image that it starts with: an id, or the name of a parameter that holds one. */
  readonly BaseImage: string;
}

export interface FirstRunProperties {
  readonly EveryDays: string;
  /** Changes with the schedule, whose update wants a start that lies ahead. */
  readonly Schedule: string;
}

export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceType: string;
  readonly ResourceProperties: Readonly<Record<string, string>>;
  /** Of an update or a deletion: what the creation answered. */
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
