import {
  ec2Arn,
  ec2SharedArn,
  parameterArn,
  roleArn,
} from '../../../deployment/permissions/arns.ts';
import { type Template, templateImage } from '../launches.ts';
import type { ScalingGroup } from '../scaling-group.ts';
import type { Access } from './access.ts';
import { type Estate, groupOf, tagged } from './estate.ts';
import type { Input } from './own-accesses.ts';

/** What IAM is asked because of a call, of actions that the caller has not named. */
export type Dependent = (input: Input, estate: Estate) => readonly Access[];

/** Instances get the tags of their group, the rest those of the launch template, which are the same. */
const taggedAtLaunch = ['instance', 'volume', 'network-interface'] as const;

const creatingTags = ({ place }: Estate, { settings }: ScalingGroup): readonly Access[] =>
  taggedAtLaunch.map((kind) => ({
    action: 'ec2:CreateTags',
    resource: ec2Arn(place, kind, 'new'),
    context: {
      'ec2:CreateAction': 'RunInstances',
      'aws:TagKeys': Object.keys(settings.tags),
      ...tagged(settings.tags, 'aws:RequestTag'),
    },
  }));

const runningInstances = (
  { place }: Estate,
  { settings }: ScalingGroup,
  { id }: Template,
  imageId: string,
): readonly Access[] => {
  const template = ec2Arn(place, 'launch-template', id);
  const resources = [
    ...[...taggedAtLaunch, 'security-group'].map((kind) => ec2Arn(place, kind, 'new')),
    template,
    ...settings.subnetIds.map((subnetId) => ec2Arn(place, 'subnet', subnetId)),
    ec2SharedArn(place, 'image', imageId),
  ];
  return resources.map((resource) => ({
    action: 'ec2:RunInstances',
    resource,
    context: { 'ec2:LaunchTemplate': template },
  }));
};

const readingParameter = ({ place }: Estate, parameter: string | null): readonly Access[] =>
  parameter === null
    ? []
    : [{ action: 'ssm:GetParameters', resource: parameterArn(place, parameter), context: {} }];

/** Auto Scaling tries the launch template of a group out when the group is updated. */
export const launching: Dependent = ({ AutoScalingGroupName, LaunchTemplate }, estate) => {
  const group = groupOf(estate, String(AutoScalingGroupName));
  if (group === undefined) return [];
  const { LaunchTemplateId: id = group.template.id, Version: version = group.template.version } =
    (LaunchTemplate ?? {}) as { LaunchTemplateId?: string; Version?: string };
  const { imageId, parameter } = templateImage(estate, { id, version });
  return [
    ...runningInstances(estate, group, { id, version }, imageId),
    ...creatingTags(estate, group),
    {
      action: 'iam:PassRole',
      resource: roleArn(estate.place, group.settings.machineRole),
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
    ...readingParameter(estate, parameter),
  ];
};

const referring = [
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
  'ec2:DescribeLaunchTemplateVersions',
  'ssm:DescribeParameters',
  'ssm:GetParameters',
  'imagebuilder:ListImageRecipes',
  'imagebuilder:ListContainerRecipes',
  'imagebuilder:GetContainerRecipe',
];

/** Actions that are no operation of ours, and are asked for because of one. */
export const dependentActions = [
  'ec2:DescribeLaunchTemplates',
  'ec2:RunInstances',
  'iam:PassRole',
  'imagebuilder:GetContainerRecipe',
  'imagebuilder:ListContainerRecipes',
  'imagebuilder:ListImageRecipes',
  'kms:Decrypt',
  's3:ListBucket',
  'ssm:DescribeParameters',
] as const;

/** Whatever can name an image is searched, of the whole account. */
export const findingReferences: Dependent = () =>
  referring.map((action) => ({
    action,
    resource: '*',
    context: { 'aws:CalledVia': ['ec2-images.amazonaws.com'] },
  }));

/** The key that a SecureString is encrypted with. Whoever may read the parameter may use aws/ssm, the default. */
export const decrypting: Dependent = ({ Name, Names, WithDecryption }, { parameters }) =>
  WithDecryption === true
    ? ((Names ?? [Name]) as readonly string[])
        .flatMap((name) => parameters.get(name)?.key ?? [])
        .map((resource) => ({ action: 'kms:Decrypt', resource, context: {} }))
    : [];

export const findingImage: Dependent = ({ DataType }) =>
  DataType === 'aws:ec2:image'
    ? [{ action: 'ec2:DescribeImages', resource: '*', context: {} }]
    : [];

/** What EC2 reports as not deleted, beside the image that it has deregistered. */
export const deletingSnapshot = (
  { place, images }: Pick<Estate, 'place' | 'images'>,
  snapshotId: string,
): Access => ({
  action: 'ec2:DeleteSnapshot',
  resource: ec2SharedArn(place, 'snapshot', snapshotId),
  context: tagged(images.snapshotTags(snapshotId)),
});
