import { resourceNames, tagNames } from '../../../functions/domain/resource-names.ts';
import { ec2SharedArn } from '../arns.ts';
import type { GrantContext } from '../grant-context.ts';
import { both, type Grant, onTagged, parameters, reading, tagged, tagging } from './grant.ts';

const describing = reading('ec2:DescribeImages');

const written = ({ fleet }: GrantContext): readonly string[] => [
  resourceNames.currentImageParameter(fleet.fleet),
  resourceNames.proxyImageParameter(fleet.fleet, '*'),
];

/**
 * EC2 searches whatever may name an image, in the whole account and in the caller's name: what AWS's managed
 * policy AmazonEC2ImageReferencesAccessPolicy allows for this.
 */
const findingReferences: Grant = () => [
  {
    actions: [
      'ec2:DescribeInstances',
      'ec2:DescribeLaunchTemplates',
      'ec2:DescribeLaunchTemplateVersions',
      'ssm:DescribeParameters',
      'ssm:GetParameters',
      'imagebuilder:ListImageRecipes',
      'imagebuilder:ListContainerRecipes',
      'imagebuilder:GetContainerRecipe',
    ],
    resources: ['*'],
    // In China, services may end in amazonaws.com.cn.
    conditions: { 'ForAnyValue:StringLike': { 'aws:CalledVia': ['ec2-images.amazonaws.com*'] } },
    wildcard: "Only for EC2's check of references, which looks at everything in the account.",
  },
];

const removing =
  (resource: 'image' | 'snapshot', action: string): Grant =>
  (context) => [
    {
      actions: [action],
      resources: [ec2SharedArn(context.place, resource)],
      conditions: tagged(context),
      wildcard: onTagged,
    },
  ];

const deletingSnapshots = removing('snapshot', 'ec2:DeleteSnapshot');

export const imageGrants = {
  'imageParameters.read': parameters(({ fleet }) => [
    resourceNames.currentImageParameter(fleet.fleet),
    ...('parameter' in fleet.image.base ? [fleet.image.base.parameter] : []),
  ]),
  // Systems Manager looks the image up in the name of whoever writes it into a parameter.
  'imageParameters.write': both(
    parameters(written, 'PutParameter'),
    // What was written is believed only when it is read back.
    parameters(written),
    describing,
  ),
  'images.read': describing,
  'images.list': describing,
  'images.setState': tagging(({ place }) => ec2SharedArn(place, 'image'), tagNames.imageState),
  'images.referenced': both(
    reading('ec2:DescribeImageReferences'),
    findingReferences,
    parameters(({ fleet }) => [resourceNames.imageParameters(fleet.fleet)], 'GetParametersByPath'),
  ),
  'images.remove': both(removing('image', 'ec2:DeregisterImage'), deletingSnapshots),
  'images.leftSnapshots': both(reading('ec2:DescribeSnapshots'), describing),
  'images.removeSnapshot': deletingSnapshots,
} as const;
