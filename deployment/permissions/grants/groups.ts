import { resourceNames, tagNames } from '../../../functions/domain/resource-names.ts';
import { machineRolePath } from '../../names.ts';
import { ec2Arn, ec2SharedArn, groupArn, parameterArn, roleArn } from '../arns.ts';
import { both, type Grant, onTagged, reading, tagged, tagging } from './grant.ts';

const onGroups =
  (...actions: readonly string[]): Grant =>
  (context) => [
    {
      actions: actions.map((action) => `autoscaling:${action}`),
      resources: [groupArn(context.place, resourceNames.group(context.fleet.fleet, '*'))],
      conditions: tagged(context),
      wildcard: onTagged,
    },
  ];

/** Asked for when Auto Scaling refuses a move that may have happened already. */
const stateOf = reading('autoscaling:DescribeAutoScalingInstances');

const tryingOut: Grant = ({ place, fleet }) => {
  const kinds = ['instance', 'volume', 'network-interface', 'security-group', 'launch-template'];
  return [
    {
      actions: ['ec2:RunInstances'],
      resources: [
        ...kinds.map((kind) => ec2Arn(place, kind)),
        ...fleet.network.subnetIds.map((subnetId) => ec2Arn(place, 'subnet', subnetId)),
        ec2SharedArn(place, 'image'),
      ],
      conditions: { ArnLike: { 'ec2:LaunchTemplate': ec2Arn(place, 'launch-template') } },
      wildcard: 'Auto Scaling tries a launch out. Only one by a launch template is allowed.',
    },
  ];
};

/** Resources get their tags when they are launched: no tag is there before, and none is added later. */
const taggingLaunches: Grant = ({ place, fleet }) => [
  {
    actions: ['ec2:CreateTags'],
    resources: ['instance', 'volume', 'network-interface'].map((kind) => ec2Arn(place, kind)),
    conditions: {
      StringEquals: {
        'ec2:CreateAction': 'RunInstances',
        [`aws:RequestTag/${tagNames.fleet}`]: fleet.fleet,
      },
    },
    wildcard: 'Auto Scaling tries a launch out. Only with the tag of the fleet is it allowed.',
  },
];

const passingRoles: Grant = ({ place, fleet }) => [
  {
    actions: ['iam:PassRole'],
    resources: [roleArn(place, `${machineRolePath(fleet.fleet).slice(1)}*`)],
    // In China the service ends in amazonaws.com.cn.
    conditions: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } },
    wildcard: 'One role for each proxy of the fleet.',
  },
];

const resolvingImages: Grant = ({ place, fleet }) => [
  {
    actions: ['ssm:GetParameters'],
    resources: [parameterArn(place, resourceNames.proxyImageParameter(fleet.fleet, '*'))],
    wildcard: 'One parameter for each proxy of the fleet.',
  },
];

const onTemplates =
  (action: string): Grant =>
  (context) => [
    {
      actions: [`ec2:${action}`],
      resources: [ec2Arn(context.place, 'launch-template')],
      conditions: tagged(context),
      wildcard: onTagged,
    },
  ];

export const groupGrants = {
  'groups.read': reading('autoscaling:DescribeAutoScalingGroups'),
  // Auto Scaling tries another version of the launch template out in the name of whoever sets it.
  'groups.change': both(
    onGroups('UpdateAutoScalingGroup'),
    tryingOut,
    taggingLaunches,
    passingRoles,
    resolvingImages,
  ),
  'groups.failedLaunches': reading('autoscaling:DescribeScalingActivities'),
  'groups.suspend': onGroups('SuspendProcesses'),
  'groups.resume': onGroups('ResumeProcesses'),
  'groups.protect': onGroups('SetInstanceProtection'),
  'groups.enterStandby': both(onGroups('EnterStandby'), stateOf),
  'groups.exitStandby': both(onGroups('ExitStandby'), stateOf),
  'groups.admit': onGroups('CompleteLifecycleAction'),
  'groups.abandon': onGroups('CompleteLifecycleAction'),
  'groups.heartbeat': onGroups('RecordLifecycleActionHeartbeat'),
  'groups.terminate': both(onGroups('TerminateInstanceInAutoScalingGroup'), stateOf),
  'instances.read': reading('ec2:DescribeInstances'),
  'instances.tag': tagging(
    ({ place }) => ec2Arn(place, 'instance'),
    tagNames.rebuild,
    tagNames.proxy,
  ),
  'launchTemplates.ensureCandidate': both(
    reading('ec2:DescribeLaunchTemplateVersions'),
    onTemplates('CreateLaunchTemplateVersion'),
  ),
  'launchTemplates.findCandidates': reading('ec2:DescribeLaunchTemplateVersions'),
  'launchTemplates.deleteVersions': onTemplates('DeleteLaunchTemplateVersions'),
} as const;
