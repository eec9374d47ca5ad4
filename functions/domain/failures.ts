/**
 * Every named failure. Step Functions matches an error of a Lambda function by `error.name`, so these
 * names are a wire format: the state machines, alarms, Slack messages and the runbook use exactly these,
 * and none is defined twice.
 *
 * The state machine retries `transient` failures, and errors of any name that is not ours; all others end the
 * rebuild at once.
 */
export const failures = {
  // No answer, or one that is neither yes nor no.
  AwsUnavailable: { transient: true },
  KatelloUnavailable: { transient: true },
  SlackUnavailable: { transient: true },
  RecordChanged: { transient: true },

  // The request or the configuration.
  BadRequest: { transient: false },
  BadFleetConfiguration: { transient: false },
  AwsForbids: { transient: false },
  AwsRefused: { transient: false },
  UnexpectedAnswer: { transient: false },
  RebuildInProgress: { transient: false },
  LockLost: { transient: false },
  FleetRebuildInProgress: { transient: false },
  BudgetSpent: { transient: false },

  // Preflight.
  GroupNotSettled: { transient: false },
  ProcessesSuspended: { transient: false },
  IncumbentUnhealthy: { transient: false },
  CaUnusable: { transient: false },
  CertificateRefused: { transient: false },
  CertificateNameMissing: { transient: false },
  CertificatesExpire: { transient: false },
  KatelloNameMismatch: { transient: false },
  KatelloRejectsCredentials: { transient: false },
  KatelloForbids: { transient: false },
  KatelloRefused: { transient: false },
  KatelloNotWell: { transient: false },
  VersionMismatch: { transient: false },
  CapsuleNotFound: { transient: false },
  CapsuleNotFit: { transient: false },
  FeatureLosesData: { transient: false },
  NotReadyForRebuild: { transient: false },
  BaselineMissing: { transient: false },

  // Image.
  BakeFailed: { transient: false },
  ImageNotUsable: { transient: false },

  // Replacement.
  LaunchFailed: { transient: false },
  LaunchTimedOut: { transient: false },
  ReplacementLost: { transient: false },
  ProvisioningFailed: { transient: false },
  ProvisioningTimedOut: { transient: false },
  ControlNameNotMoved: { transient: false },
  FenceBroken: { transient: false },
  JobsRunning: { transient: false },
  FeaturesNotRefreshed: { transient: false },
  ReplacementUnhealthy: { transient: false },
  StandbyTimedOut: { transient: false },
  RetireTimedOut: { transient: false },
  LastHealthyInstance: { transient: false },
  RollbackTimedOut: { transient: false },

  // Content.
  SyncFailed: { transient: false },
  SyncPaused: { transient: false },
  SyncCancelled: { transient: false },
  SyncTimedOut: { transient: false },
  SyncTaskGone: { transient: false },
  SyncSuspiciouslyFast: { transient: false },
  ContentMissing: { transient: false },
  ContentContradicted: { transient: false },
  ContentNotCounted: { transient: false },
  ContentNotReported: { transient: false },
  GatewayIncomplete: { transient: false },

  // Fleet.
  ProxyNotRebuilt: { transient: false },
} as const satisfies Record<string, { readonly transient: boolean }>;

export type FailureName = keyof typeof failures;

/** What JavaScript calls a defect of our own code, which no retry can help. */
export const defectNames = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'] as const;

/** Failures that point at the image that the replacement was launched from. */
export const blamesImage = (name: string): boolean =>
  ['ProvisioningFailed', 'ProvisioningTimedOut', 'ReplacementUnhealthy'].includes(name);

export const isFailureName = (name: string): name is FailureName => Object.hasOwn(failures, name);

/** An outcome with a name from the table; the message says what happened, where, and what to do. */
export class NamedFailure extends Error {
  override readonly name: FailureName;

  constructor(name: FailureName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

export const isFailure = (error: unknown, ...names: readonly FailureName[]): boolean =>
  error instanceof NamedFailure && (names.length === 0 || names.includes(error.name));
