import { type FailureName, isFailureName } from './failures.ts';

/** What to do first, in one sentence; the runbook has the rest. */
const advice: Record<FailureName, string> = {
  AwsUnavailable:
    'AWS did not answer for a long time: check the AWS Health Dashboard, then start again.',
  KatelloUnavailable:
    'Katello did not answer for a long time: check its services and the path to it, then start again.',
  SlackUnavailable: 'Slack did not accept a message; nothing else is affected.',
  RecordChanged:
    'Two executions wrote the same record: look for a second rebuild, then start again.',
  BadRequest: 'Correct the input of the execution and start again.',
  BadFleetConfiguration: 'Correct the fleet file and deploy again.',
  AwsForbids:
    'Allow the role what AWS names: look for a service control policy, a boundary, a key policy or a changed role; then start again.',
  AwsRefused: 'Read which call AWS refused: usually because of a changed resource.',
  UnexpectedAnswer: 'An answer had an unknown form: compare versions, and report it.',
  RebuildInProgress: 'Wait for the running rebuild, or stop it; never delete its lock.',
  LockLost: 'Start a new execution: one that is redriven no longer holds the lock.',
  FleetRebuildInProgress: 'Wait for the running fleet rebuild, or stop it.',
  BudgetSpent: 'Find out why the last attempts failed before you start another.',
  GroupNotSettled:
    'Check the instances of the Auto Scaling group, then roll back: start with reason "rollback".',
  ProcessesSuspended: 'Resume the processes of the Auto Scaling group, then start again.',
  IncumbentUnhealthy: 'Check the target groups and the incumbent before you start again.',
  CaUnusable: 'Write the CAs of Katello and the proxies to the parameter of katello.ca, as PEM.',
  CertificateRefused:
    'Compare the issuer of that certificate with the CAs in katello.ca, and its names and dates.',
  CertificateNameMissing:
    'Generate certs.tar again on Katello for all names of the proxy and upload it, then start again.',
  CertificatesExpire: 'Generate certs.tar again on Katello and upload it, then start again.',
  KatelloNameMismatch:
    "Set katello.fqdn to Katello's own host name (hostname -f) and deploy again.",
  KatelloRejectsCredentials: 'Renew the personal access token and write it to its SSM parameter.',
  KatelloForbids: 'Grant or assign to the service user what the message names.',
  KatelloRefused: 'Read what Katello answered.',
  KatelloNotWell: "Bring back Katello's services that its ping reports as failing.",
  VersionMismatch: 'Bake an image for the version that Katello runs.',
  CapsuleNotFound: 'Register the proxy in Foreman, or correct its names in the fleet file.',
  CapsuleNotFit: 'Attach lifecycle environments, or refresh the features in Foreman.',
  FeatureLosesData:
    'Keep the data of that feature elsewhere and say so in the fleet file, or turn it off.',
  NotReadyForRebuild:
    'Read what it waited for, such as a sync, a dead instance or a DNS record; then start again.',
  BaselineMissing: 'Start again: the restore point of this rebuild is gone.',
  BakeFailed: 'Read the log of the CodeBuild build.',
  ImageNotUsable: 'Start the fleet without an image, so that one is baked.',
  LaunchFailed: 'Read why EC2 refused the instance: often missing capacity or a quota.',
  LaunchTimedOut: 'Check the activities of the Auto Scaling group.',
  ReplacementLost:
    'Check the activities of the Auto Scaling group and the console output of the instance.',
  ProvisioningFailed:
    'Read the end of the log, correct the image or the certs archive, then start again.',
  ProvisioningTimedOut:
    'Check the console output of the replacement, and whether its SSM agent was online.',
  ControlNameNotMoved: 'Check the record in Route 53, and who else writes it.',
  FenceBroken:
    'Check what the names resolve to (resolver caches, a second record, a stray target) and the path to them.',
  JobsRunning:
    'Wait for the jobs or cancel them in Foreman, then start again; with jobs.afterwards: continue, a rebuild interrupts them.',
  FeaturesNotRefreshed: 'Refresh the features in Foreman and check the log of its proxy.',
  ReplacementUnhealthy: 'Check the target groups and the services of the image.',
  StandbyTimedOut: 'Check the activities of the group, and targets that do not drain.',
  RetireTimedOut: 'Check for instances that do not terminate and syncs that still run.',
  LastHealthyInstance:
    'The guard kept the last healthy instance: find out why the other one is not healthy.',
  RollbackTimedOut:
    'Check the group now: the rollback is incomplete. Fix what blocks it, then start with reason "rollback".',
  SyncFailed: 'Open the task in Katello and read which repositories failed.',
  SyncPaused: 'Open the task in Katello, fix the cause, then start again.',
  SyncCancelled: 'Somebody cancelled the sync: ask, then start again.',
  SyncTimedOut:
    'Check the task in Katello and Pulp on the replacement; raise content.syncLimitHours if it is just slow.',
  SyncTaskGone:
    'Katello no longer has the task: check whether Katello was restored or its tasks were cleaned up, then start again.',
  SyncSuspiciouslyFast:
    'Katello probably skipped what it believes to be there: check that the task ran with skip_metadata_check. If content.minimumSyncSeconds is set, the sync may just be fast: lower or remove it.',
  ContentMissing:
    'Compare the content in Katello; raise content.shrinkTolerance only if content was removed on purpose.',
  ContentContradicted:
    "Check which address Katello's host has for the control name: a line in its hosts file, a private zone, a cache.",
  ContentNotCounted: "Check Katello's task that counts content.",
  ContentNotReported:
    'Read what the instance reported: usually its Pulp is down, or its image is older than the report program.',
  GatewayIncomplete:
    'Search Katello\'s log for "Failed to update container repository list": Katello has to reach the service name on port 9090.',
  ProxyNotRebuilt: 'Read the message of the proxy that failed.',
};

/** Errors that have no name in the table share one advice. */
export const adviceFor = (name: string): string =>
  isFailureName(name)
    ? advice[name]
    : 'Open the execution in the Step Functions console and read its last events.';
