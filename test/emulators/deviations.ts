import type { EmulatorName } from './emulator.ts';

/** A case of a contract that an emulator does not keep. */
export interface Deviation {
  /** What the failure must say, so that the case cannot fail for another reason unnoticed. */
  readonly says: RegExp;
  readonly reason: string;
}

const succeeded = /it succeeded/;
const noFailedLaunch = {
  says: /No launch of an emulator can be made to fail/,
  reason: 'Capacity never runs out.',
};
const noImageValidation = {
  says: /latest/,
  reason: 'Takes any text for the data type aws:ec2:image.',
};
const noSourceVersion = { says: succeeded, reason: 'Ignores SourceVersion.' };
const noHook = (reason: string) => ({ says: /Expected: "Pending:Wait"/, reason });
const unknown = (operation: string) => ({
  says: new RegExp(`Unknown \\w+ action: ${operation}\\b`),
  reason: `Has no ${operation}.`,
});
const missing = (operation: string) => ({
  says: new RegExp(`${operation} for .*: outcome unknown`),
  reason: `Has no ${operation}: answers 500.`,
});
const noCreationDate = {
  says: /without architecture or creation date/,
  reason: 'Describes no image with its creation date.',
};

const moto: Readonly<Record<string, Deviation>> = {
  'a GroupPort: refuses sizes that contradict each other': {
    says: succeeded,
    reason: 'Takes a desired capacity above the maximum.',
  },
  'a GroupPort: launches one more, which waits in its hook until it is admitted': noHook(
    'Keeps launch hooks, but launches as if there were none.',
  ),
  'a GroupPort: rejects what waits in its hook': missing('CompleteLifecycleAction'),
  'a GroupPort: takes a hook that is closed already for admitted and for kept':
    missing('CompleteLifecycleAction'),
  'a GroupPort: keeps a hook open beyond its time-out': missing('RecordLifecycleActionHeartbeat'),
  'a GroupPort: moves an instance to Standby and back, without asking twice':
    missing('CompleteLifecycleAction'),
  'a GroupPort: refuses a Standby below the minimum': {
    says: succeeded,
    reason: 'Lets the desired capacity fall below the minimum.',
  },
  'a GroupPort: refuses to terminate below the minimum': {
    says: succeeded,
    reason: 'Lets the desired capacity fall below the minimum.',
  },
  'a GroupPort: terminates an instance, however often it is asked': {
    says: /TerminateInstanceInAutoScalingGroup for .*: outcome unknown/,
    reason: 'Breaks (500) over an instance that is in no group.',
  },
  'a GroupPort: lists the launches that failed since a given time, newest first': noFailedLaunch,
  'a LaunchTemplatePort: finds candidates by the start of their description, on every page': {
    says: /Received length: 14/,
    reason: 'Gives the first 15 versions, oldest first, and no token for the others.',
  },
  'a LaunchTemplatePort: deletes versions and ignores those that no longer exist': missing(
    'DeleteLaunchTemplateVersions',
  ),
  'a LaunchTemplatePort: reports which version could not be deleted': {
    says: /Received: "AwsUnavailable"/,
    reason: 'Has no DeleteLaunchTemplateVersions: answers 500.',
  },
  'a LaunchTemplatePort: refuses a source version that does not exist': noSourceVersion,
  'an ImagePort: lists the images that an instance, a template version or a parameter needs':
    missing('DescribeImageReferences'),
  'an ImagePort: finds the snapshots of the fleet that no image is left of, and no other': {
    says: /DescribeImages for .*: outcome unknown/,
    reason: 'Has no filter of images by their snapshot: answers 500.',
  },
  'an ImageParameterPort: keeps its image when it is set to something that is not an image id':
    noImageValidation,
  'an InstancePort: shows a dead instance for a while, without its address': {
    says: /"privateIp": "10\./,
    reason: 'Leaves a terminated instance its address.',
  },
  'a BalancerPort: reports a dead instance as unhealthy': {
    says: /"absent"/,
    reason: 'Checks no health: a terminated instance is no target any more.',
  },
  'a DnsPort: moves a record, which takes a moment to propagate': {
    says: /Expected: false/,
    reason: 'Every change is INSYNC at once.',
  },
};

const ministack: Readonly<Record<string, Deviation>> = {
  'a GroupPort: reads sizes, template, target groups and instances': {
    says: /Expected: > 0/,
    reason: 'Forgets the target groups of a group.',
  },
  'a GroupPort: refuses sizes that contradict each other': {
    says: succeeded,
    reason: 'Takes a desired capacity above the maximum.',
  },
  'a GroupPort: launches one more, which waits in its hook until it is admitted': noHook(
    'Keeps launch hooks, but launches as if there were none.',
  ),
  'a GroupPort: keeps a hook open beyond its time-out': noHook(
    'Keeps launch hooks, but launches as if there were none.',
  ),
  'a GroupPort: moves an instance to Standby and back, without asking twice':
    unknown('EnterStandby'),
  'a GroupPort: refuses a Standby below the minimum': unknown('EnterStandby'),
  'a GroupPort: refuses to terminate below the minimum': unknown(
    'TerminateInstanceInAutoScalingGroup',
  ),
  'a GroupPort: terminates an instance, however often it is asked': unknown(
    'TerminateInstanceInAutoScalingGroup',
  ),
  'a GroupPort: suspends and resumes exactly the processes that are named':
    unknown('SuspendProcesses'),
  'a GroupPort: protects an instance and lifts its protection': unknown('SetInstanceProtection'),
  'a GroupPort: lists the launches that failed since a given time, newest first': noFailedLaunch,
  'a LaunchTemplatePort: deletes versions and ignores those that no longer exist': unknown(
    'DeleteLaunchTemplateVersions',
  ),
  'a LaunchTemplatePort: reports which version could not be deleted': unknown(
    'DeleteLaunchTemplateVersions',
  ),
  'a LaunchTemplatePort: refuses a source version that does not exist': noSourceVersion,
  'an ImagePort: reads an image with its tags': noCreationDate,
  'an ImagePort: lists every image of the fleet, on every page, and no other': noCreationDate,
  'an ImagePort: changes the state of an image': noCreationDate,
  'an ImagePort: lists the images that an instance, a template version or a parameter needs':
    unknown('DescribeImageReferences'),
  'an ImagePort: removes an image with its snapshots, however often it is asked': noCreationDate,
  'an ImagePort: removes the snapshot that an earlier try has left': noCreationDate,
  'an ImagePort: finds the snapshots of the fleet that no image is left of, and no other':
    noCreationDate,
  'an ImagePort: removes a snapshot however often it is asked, and never that of an image':
    noCreationDate,
  'an ImageParameterPort: keeps its image when it is set to something that is not an image id':
    noImageValidation,
  'an InstancePort: reads those that EC2 knows, on every page, and leaves the others out': {
    says: /Received {2}\+ 250/,
    reason: 'Ignores the filter instance-id.',
  },
  'an InstancePort: shows a dead instance for a while, without its address': {
    says: /toMatchObject/,
    reason: 'Ignores the filter instance-id.',
  },
  'a BalancerPort: answers one element per target group, in the order asked': {
    says: /Received: false/,
    reason: 'Registers no instance of a group with its target groups.',
  },
  'a BalancerPort: names what is registered, once however many target groups have it': {
    says: /toEqual/,
    reason: 'Registers no instance of a group with its target groups.',
  },
  'a BalancerPort: reports a dead instance as unhealthy': {
    says: /The instance ID .* does not exist/,
    reason: 'EC2 does not know the instances of a group.',
  },
  'a DnsPort: refuses a zone that does not exist, and a name that is not in it': {
    says: succeeded,
    reason: 'Takes a record whose name is not in the zone.',
  },
  'an ExecutionPort: refuses a state machine that does not exist': {
    says: succeeded,
    reason: 'Answers an empty list for a state machine that does not exist.',
  },
};

export const deviations: Readonly<Record<EmulatorName, Readonly<Record<string, Deviation>>>> = {
  moto,
  ministack,
};
