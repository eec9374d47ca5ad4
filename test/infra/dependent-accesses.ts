import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import type { Call } from './calls.ts';
import { exampleSettings, proxyTemplate, resourceOf } from './example.ts';
import type { Access } from './iam.ts';

/** What IAM is asked because of a call, of actions that the caller has not named. */
export type Dependent = (input: Call['input']) => readonly Access[];

const place = 'eu-central-1:123456789012';
const ec2 = (resource: string): string => `arn:aws:ec2:${place}:${resource}`;
const anyProxy = 'eu-north';

/** The keys with which SecureStrings and images of the tested deployment are encrypted. */
export const secretsKey = `arn:aws:kms:${place}:key/secrets`;
export const imageKey = `arn:aws:kms:${place}:key/images`;

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface LaunchTemplateData {
  readonly TagSpecifications: readonly {
    readonly ResourceType: string;
    readonly Tags: readonly Tag[];
  }[];
}

/** Instances get the tags of their group, the rest those of the launch template. */
const tagged = (): readonly (readonly [resourceType: string, tags: readonly Tag[]])[] => {
  const template = proxyTemplate(exampleSettings(), anyProxy);
  const group = resourceOf(template, 'AWS::AutoScaling::AutoScalingGroup').Properties;
  const { TagSpecifications } = resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties[
    'LaunchTemplateData'
  ] as LaunchTemplateData;
  return [
    ['instance', group['Tags'] as readonly Tag[]],
    ...TagSpecifications.map(({ ResourceType, Tags }) => [ResourceType, Tags] as const),
  ];
};

const creatingTags = (): readonly Access[] =>
  tagged().map(([resourceType, tags]) => ({
    action: 'ec2:CreateTags',
    resource: ec2(`${resourceType}/new`),
    context: {
      'ec2:CreateAction': 'RunInstances',
      'aws:TagKeys': tags.map(({ Key }) => Key),
      ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    },
  }));

/** Auto Scaling tries the launch template of a group out whenever the group is updated. */
export const launching: Dependent = () => {
  const { fleet } = exampleSettings();
  const kinds = ['instance', 'volume', 'network-interface', 'security-group', 'launch-template'];
  const resources = [
    ...kinds.map((kind) => ec2(`${kind}/any`)),
    ...fleet.network.subnetIds.map((id) => ec2(`subnet/${id}`)),
    'arn:aws:ec2:eu-central-1::image/ami-any',
  ];
  return [
    ...resources.map((resource) => ({
      action: 'ec2:RunInstances',
      resource,
      context: { 'ec2:LaunchTemplate': ec2('launch-template/lt-0a1b') },
    })),
    ...creatingTags(),
    {
      action: 'iam:PassRole',
      resource: `arn:aws:iam::123456789012:role/smart-proxy-rebuilder/${fleet.fleet}/any`,
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
    {
      action: 'ssm:GetParameters',
      resource: `arn:aws:ssm:${place}:parameter${resourceNames.proxyImageParameter(fleet.fleet, anyProxy)}`,
      context: {},
    },
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

/** Whatever can name an image is searched, of the whole account. */
export const findingReferences: Dependent = () =>
  referring.map((action) => ({
    action,
    resource: '*',
    context: { 'aws:CalledVia': ['ec2-images.amazonaws.com'] },
  }));

export const deletingSnapshots: Dependent = ({ DeleteAssociatedSnapshots }) =>
  DeleteAssociatedSnapshots === true
    ? [
        {
          action: 'ec2:DeleteSnapshot',
          resource: 'arn:aws:ec2:eu-central-1::snapshot/snap-any',
          context: { [`aws:ResourceTag/${tagNames.fleet}`]: exampleSettings().fleet.fleet },
        },
      ]
    : [];

export const decrypting: Dependent = ({ WithDecryption }) =>
  WithDecryption === true ? [{ action: 'kms:Decrypt', resource: secretsKey, context: {} }] : [];

export const findingImage: Dependent = ({ DataType }) =>
  DataType === 'aws:ec2:image'
    ? [{ action: 'ec2:DescribeImages', resource: '*', context: {} }]
    : [];
