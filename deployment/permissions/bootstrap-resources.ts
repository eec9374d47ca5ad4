import { launchGrantOperations } from '../../functions/bootstrap-resources/custom-resources.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { autoScalingRoleArn, parameterArn, publicParameterArn } from './arns.ts';
import type { GrantContext } from './grant-context.ts';
import { knowsNoResource, type Permission } from './permission.ts';

export interface BootstrapContext extends Pick<GrantContext, 'place' | 'fleet'> {
  /** ARN of the KMS key that encrypts the images, when it is not the default of EBS. */
  readonly imageKey?: string | undefined;
}

const makingParameters = ({ place, fleet }: BootstrapContext): readonly Permission[] => [
  {
    actions: ['ssm:PutParameter', 'ssm:DeleteParameter'],
    resources: [parameterArn(place, resourceNames.proxyImageParameter(fleet.fleet, '*'))],
    wildcard: 'One parameter for each proxy of the fleet.',
  },
  // Systems Manager looks the image up in the name of whoever writes it into a parameter.
  { actions: ['ec2:DescribeImages'], resources: ['*'], wildcard: knowsNoResource },
];

const readingBaseImage = ({ place, fleet }: BootstrapContext): readonly Permission[] => {
  const { base } = fleet.image;
  if ('id' in base) return [];
  const arnOf = base.parameter.startsWith('/aws/') ? publicParameterArn : parameterArn;
  return [{ actions: ['ssm:GetParameter'], resources: [arnOf(place, base.parameter)] }];
};

/** For the role of Auto Scaling alone, and only what it needs. */
const makingGrants = ({ place, imageKey }: BootstrapContext): readonly Permission[] =>
  imageKey === undefined
    ? []
    : [
        {
          actions: ['kms:CreateGrant'],
          resources: [imageKey],
          conditions: {
            StringEquals: { 'kms:GranteePrincipal': autoScalingRoleArn(place) },
            'ForAllValues:StringEquals': { 'kms:GrantOperations': launchGrantOperations },
          },
        },
        { actions: ['kms:RevokeGrant'], resources: [imageKey] },
      ];

/** What the function behind the custom resources may do. */
export const permissionsOfBootstrapResources = (
  context: BootstrapContext,
): readonly Permission[] => [
  ...makingParameters(context),
  ...readingBaseImage(context),
  ...makingGrants(context),
];
