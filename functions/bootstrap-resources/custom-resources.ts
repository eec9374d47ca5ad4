/** Custom resources that determine a value when they are created and keep it in every later deployment. */
export const resourceTypes = {
  firstImage: 'Custom::FirstImage',
  firstRun: 'Custom::FirstRun',
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
