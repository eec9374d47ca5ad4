import type {
  DescribeImageReferencesCommandInput,
  ImageReference,
  ImageReferenceResourceType,
} from '@aws-sdk/client-ec2';
import type { Instances } from './instances.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import type { Parameters } from './parameters.ts';

/** Versions of a launch template that the check looks at when it is not told how many. */
const versionDepth = 10;

/** Who uses these images, as far as the check of EC2 looks. */
export const imageReferences = (
  input: DescribeImageReferencesCommandInput,
  instances: Instances,
  templates: LaunchTemplates,
  parameters: Parameters,
): readonly ImageReference[] => {
  const option = (resourceType: ImageReferenceResourceType): readonly string[] | undefined =>
    input.ResourceTypes?.find(({ ResourceType }) => ResourceType === resourceType)
      ?.ResourceTypeOptions?.[0]?.OptionValues;
  const states = option('ec2:Instance');
  const depth = Number(option('ec2:LaunchTemplate')?.[0] ?? versionDepth);

  const byInstance = instances
    .visible()
    .filter(({ terminatedAt }) => {
      const state = terminatedAt === null ? 'running' : 'terminated';
      return states?.includes(state) ?? true;
    })
    .map(({ imageId, id }) => reference(imageId, 'ec2:Instance', id));
  const byTemplate = newest(templates, depth).map(({ imageId, templateId }) =>
    reference(imageId, 'ec2:LaunchTemplate', templateId),
  );
  const byParameter = parameters
    .all()
    .map(({ value, name }) => reference(value, 'ssm:Parameter', name));
  return [...byInstance, ...byTemplate, ...byParameter].filter(({ ImageId }) =>
    input.ImageIds?.includes(ImageId ?? ''),
  );
};

const newest = (templates: LaunchTemplates, depth: number) =>
  Object.values(Object.groupBy(templates.all(), ({ templateId }) => templateId)).flatMap(
    (versions) =>
      (versions ?? []).toSorted((one, other) => other.number - one.number).slice(0, depth),
  );

const reference = (
  ImageId: string,
  ResourceType: ImageReferenceResourceType,
  Arn: string,
): ImageReference => ({ ImageId, ResourceType, Arn });
