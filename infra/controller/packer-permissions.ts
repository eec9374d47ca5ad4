import type { Stack } from 'aws-cdk-lib';
import { ec2Arn, ec2SharedArn, parameterArn } from '../../deployment/permissions/arns.ts';
import { knowsNoResource, type Permission } from '../../deployment/permissions/permission.ts';
import { tagNames } from '../../functions/domain/resource-names.ts';
import type { Settings } from '../settings.ts';

const onOwn = "Ids are made up by EC2; the fleet's tag says which are Packer's own.";
const beforeTags = 'Ids are made up by EC2, and what is used here belongs to the account.';

/** The tags that packer/builder.pkr.hcl gives to everything that it makes. */
const ofFleet = ({ fleet }: Settings, key: 'ResourceTag' | 'RequestTag') => ({
  StringEquals: { [`aws:${key}/${tagNames.fleet}`]: fleet.fleet },
});

const describePermission: Permission = {
  actions: [
    'ec2:DescribeImages',
    'ec2:DescribeInstances',
    'ec2:DescribeInstanceStatus',
    'ec2:DescribeInstanceTypeOfferings',
    'ec2:DescribeKeyPairs',
    'ec2:DescribeRegions',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSnapshots',
    'ec2:DescribeSubnets',
    'ec2:DescribeTags',
    'ec2:DescribeVolumes',
    'ec2:DescribeVpcs',
  ],
  resources: ['*'],
  wildcard: knowsNoResource,
};

/** The machine, its volume, its key pair and its security group, each with the fleet's tag from the start. */
const launchPermissions = (stack: Stack, settings: Settings): readonly Permission[] => [
  {
    actions: ['ec2:RunInstances'],
    resources: ['instance', 'volume'].map((resource) => ec2Arn(stack, resource)),
    conditions: ofFleet(settings, 'RequestTag'),
    wildcard: onOwn,
  },
  {
    actions: ['ec2:RunInstances'],
    resources: [
      ...['network-interface', 'security-group', 'subnet', 'key-pair'].map((resource) =>
        ec2Arn(stack, resource),
      ),
      ec2SharedArn(stack, 'image'),
      ec2SharedArn(stack, 'snapshot'),
    ],
    wildcard: beforeTags,
  },
  {
    actions: ['ec2:CreateKeyPair', 'ec2:CreateSecurityGroup'],
    resources: ['key-pair', 'security-group'].map((resource) => ec2Arn(stack, resource)),
    conditions: ofFleet(settings, 'RequestTag'),
    wildcard: onOwn,
  },
  {
    actions: ['ec2:CreateSecurityGroup'],
    resources: [ec2Arn(stack, 'vpc', settings.fleet.network.vpcId)],
  },
];

const tagPermission = (stack: Stack): Permission => ({
  actions: ['ec2:CreateTags'],
  resources: ['instance', 'volume', 'key-pair', 'security-group', 'network-interface'].map(
    (resource) => ec2Arn(stack, resource),
  ),
  conditions: {
    StringEquals: {
      'ec2:CreateAction': ['RunInstances', 'CreateKeyPair', 'CreateSecurityGroup'],
    },
  },
  wildcard: 'Tags are given at the birth of a resource only.',
});

/** Of what carries the fleet's tag already. */
const ownPermission = (stack: Stack, settings: Settings): Permission => ({
  actions: [
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:DeleteKeyPair',
    'ec2:DeleteSecurityGroup',
    'ec2:DeleteSnapshot',
    'ec2:DeleteVolume',
    'ec2:DeregisterImage',
    'ec2:EnableImageDeprecation',
    'ec2:ModifyImageAttribute',
    'ec2:ModifyInstanceAttribute',
    'ec2:StopInstances',
    'ec2:TerminateInstances',
  ],
  resources: [
    ...['instance', 'volume', 'key-pair', 'security-group'].map((resource) =>
      ec2Arn(stack, resource),
    ),
    ec2SharedArn(stack, 'image'),
    ec2SharedArn(stack, 'snapshot'),
  ],
  conditions: ofFleet(settings, 'ResourceTag'),
  wildcard: onOwn,
});

/** Of Packer's own machine. An image that is being made has no tags yet: it gets them when it is there. */
const imagePermissions = (stack: Stack, settings: Settings): readonly Permission[] => {
  const resources = [ec2SharedArn(stack, 'image'), ec2SharedArn(stack, 'snapshot')];
  return [
    {
      actions: ['ec2:CreateImage'],
      resources: [ec2Arn(stack, 'instance')],
      conditions: ofFleet(settings, 'ResourceTag'),
      wildcard: onOwn,
    },
    { actions: ['ec2:CreateImage'], resources, wildcard: beforeTags },
    {
      actions: ['ec2:CreateTags'],
      resources,
      conditions: ofFleet(settings, 'RequestTag'),
      wildcard: beforeTags,
    },
  ];
};

/** Packer's way in: a tunnel by Systems Manager to its own machine. No shell, no port that is open. */
const sessionPermissions = (stack: Stack, settings: Settings): readonly Permission[] => [
  {
    actions: ['ssm:StartSession'],
    resources: [
      stack.formatArn({
        service: 'ssm',
        account: '',
        resource: 'document',
        resourceName: 'AWS-StartPortForwardingSession',
      }),
    ],
  },
  {
    actions: ['ssm:StartSession'],
    resources: [ec2Arn(stack, 'instance')],
    conditions: {
      StringEquals: { [`ssm:resourceTag/${tagNames.fleet}`]: settings.fleet.fleet },
    },
    wildcard: onOwn,
  },
  {
    actions: ['ssm:TerminateSession', 'ssm:ResumeSession'],
    resources: [stack.formatArn({ service: 'ssm', resource: 'session', resourceName: '*' })],
    wildcard: 'Sessions are named after who opened them.',
  },
  { actions: ['ssmmessages:OpenDataChannel'], resources: ['*'], wildcard: knowsNoResource },
];

/** Everything that packer/ does in AWS. */
export const packerPermissions = (
  stack: Stack,
  settings: Settings,
  builderRoleArn: string,
): readonly Permission[] => [
  describePermission,
  ...launchPermissions(stack, settings),
  tagPermission(stack),
  ownPermission(stack, settings),
  ...imagePermissions(stack, settings),
  ...sessionPermissions(stack, settings),
  { actions: ['iam:PassRole'], resources: [builderRoleArn] },
  { actions: ['iam:GetInstanceProfile'], resources: [profileArn(stack)], wildcard: beforeTags },
  ...encryptionPermissions(settings),
  ...baseImagePermissions(stack, settings),
];

/** Packer looks whether the profile exists before it begins. */
const profileArn = (stack: Stack): string =>
  stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'instance-profile',
    resourceName: `${stack.stackName}-*`,
  });

const encryptionPermissions = ({ imageKey }: Settings): readonly Permission[] =>
  imageKey === undefined
    ? []
    : [
        {
          actions: [
            'kms:CreateGrant',
            'kms:Decrypt',
            'kms:DescribeKey',
            'kms:GenerateDataKeyWithoutPlaintext',
            'kms:ReEncryptFrom',
            'kms:ReEncryptTo',
          ],
          resources: [imageKey],
        },
      ];

/** A bake by hand may name the parameter with the base image instead of the image. */
const baseImagePermissions = (stack: Stack, { fleet }: Settings): readonly Permission[] =>
  'parameter' in fleet.image.base && !fleet.image.base.parameter.startsWith('/aws/')
    ? [
        {
          actions: ['ssm:GetParameter'],
          resources: [parameterArn(stack, fleet.image.base.parameter)],
        },
      ]
    : [];
