import { type FailureName, isFailureName } from './failures.ts';

/** What to do first, in one sentence; the runbook says the rest. */
const advice: Record<FailureName, string> = {
  AwsUnavailable:
    'AWS did not answer for a long time: look at the AWS health dashboard, then start again.',
  KatelloUnavailable:
    'Katello did not answer for a long time: look at its services, then start again.',
  SlackUnavailable: 'Slack did not take a message; nothing else is affected.',
  RecordChanged:
    'Two executions wrote the same record: look for a second rebuild, then start again.',
  BadRequest: 'Correct the input of the execution and start again.',
  BadFleetConfiguration: 'Correct the fleet file and deploy again.',
  AwsRefused: 'Read which call AWS refused; usually a permission or a changed resource.',
  UnexpectedAnswer: 'An answer had an unknown shape: compare versions, and report it.',
  RebuildInProgress: 'Wait for the running rebuild, or stop it; the lock goes with it.',
  LockLost: 'Start a new execution: an old one that is redriven has lost its lock.',
  FleetRebuildInProgress: 'Wait for the running fleet rebuild, or stop it.',
  BudgetSpent: 'Find out why the last attempts failed before you start another.',
  GroupNotSettled: 'Look at the instances of the Auto Scaling group; start with reason "restore".',
  ProcessesSuspended: 'Resume the processes of the Auto Scaling group.',
  IncumbentUnhealthy: 'Look at the target groups and the incumbent before you rebuild it.',
  KatelloRejectsCredentials: 'Renew the personal access token and write it to its SSM parameter.',
  KatelloForbids: 'Give the service user the permission that Katello names.',
  KatelloRefused: 'Read what Katello answered.',
  KatelloNotWell: 'Bring the services of Katello back that its ping calls failing.',
  VersionMismatch: 'Bake an image for the version that Katello runs.',
  CapsuleNotFound: 'Register the proxy in Foreman, or correct its names in the fleet file.',
  CapsuleNotFit: 'Attach lifecycle environments, or refresh the features in Foreman.',
  FeatureLosesData:
    'Keep the state of that feature elsewhere and say so in the fleet file, or turn it off.',
  NotReadyForRebuild:
    'Read what it waited for: a sync of Katello, a dead instance, a record; then start again.',
  BaselineMissing: 'Start again: the record of what to compare with was gone.',
  BakeFailed: 'Read the log of the CodeBuild build.',
  ImageNotUsable: 'Start the fleet without an image, so that one is baked.',
  LaunchFailed: 'Read why EC2 refused the instance; often capacity or a quota.',
  LaunchTimedOut: 'Look at the activities of the Auto Scaling group.',
  ReplacementLost:
    'Look at the activities of the Auto Scaling group and the console output of the instance.',
  ProvisioningFailed:
    'Read the tail of the log; correct the image or the certs archive, then start again.',
  ProvisioningTimedOut:
    'Look at the console output of the replacement, and whether its SSM agent was online.',
  ControlNameNotMoved: 'Look at the record in Route 53.',
  FenceBroken: 'Look where the names lead: resolver caches, a second record, a stray target.',
  FeaturesNotRefreshed: 'Refresh the features in Foreman and look at the log of its proxy.',
  ReplacementUnhealthy: 'Look at the target groups and the services of the image.',
  StandbyTimedOut: 'Look at the activities of the group and at targets that do not drain.',
  RetireTimedOut: 'Look at instances that do not terminate; the replacement serves.',
  LastHealthyInstance:
    'The guard kept the last healthy instance: look why the other is not healthy.',
  RestoreTimedOut:
    'Look at the group now: something could not be put back. Start with reason "restore".',
  SyncFailed: 'Open the task in Katello and read which repositories failed.',
  SyncPaused: 'Open the task in Katello, mend the cause, then start again.',
  SyncCancelled: 'Somebody cancelled the sync: ask, then start again.',
  SyncTimedOut:
    'Look at the task in Katello and at Pulp on the replacement; raise content.syncLimitHours if it is just slow.',
  SyncTaskGone:
    'Katello forgot the task: look whether it was restored or cleaned up, then start again.',
  SyncSuspiciouslyFast:
    'The sync did nothing: look whether it ran complete; lower content.minimumSyncSeconds only if it is really that fast.',
  ContentMissing:
    'Compare the content in Katello; raise content.shrinkTolerance only if content was removed on purpose.',
  ContentNotCounted: "Look at Katello's task that counts content.",
  ProxyNotRebuilt: 'Read the message of the proxy that failed.',
};

/** An error that is not ours has no advice of its own. */
export const adviceFor = (name: string): string =>
  isFailureName(name)
    ? advice[name]
    : 'Open the execution in the Step Functions console and read its last events.';
