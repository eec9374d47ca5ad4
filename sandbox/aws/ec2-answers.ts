import type { Filter, Image, Instance, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import type { Ami } from './images.ts';
import type { Ec2Instance } from './instances.ts';
import type { TemplateVersion } from './launch-templates.ts';

const filterValuesMax = 200;

/** Whether something passes every filter; a filter that is not simulated is an error, never a pass. */
export const matches = (
  filters: readonly Filter[] | undefined,
  fields: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string>,
): boolean =>
  (filters ?? []).every(({ Name = '', Values = [] }) => {
    if (Values.length > filterValuesMax) {
      throw new AwsError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${filterValuesMax}`,
      );
    }
    if (Name === 'tag-key') return Values.some((key) => tags.has(key));
    const tag = /^tag:(.+)$/.exec(Name)?.[1];
    if (tag === undefined && !Object.hasOwn(fields, Name)) {
      throw new Error(`The simulated ec2 does not know the filter ${Name}`);
    }
    const value = tag === undefined ? fields[Name] : tags.get(tag);
    return value !== undefined && Values.includes(value);
  });

const asTags = (tags: ReadonlyMap<string, string>) =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));

/** EC2 gives the code again in the text. */
const stateReason = (message: string) => ({ Code: message.split(': ')[0], Message: message });

export const asInstance = (instance: Ec2Instance): Instance => {
  const isRunning = instance.terminatedAt === null;
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    State: { Name: isRunning ? 'running' : 'terminated' },
    // EC2 takes the address away from an instance that has ended.
    PrivateIpAddress: isRunning ? instance.privateIp : undefined,
    ...(instance.stateReason !== null && { StateReason: stateReason(instance.stateReason) }),
    LaunchTime: new Date(instance.launchedAt),
    Tags: asTags(instance.tags),
  };
};

export const asImage = (image: Ami): Image => ({
  ImageId: image.id,
  State: 'available',
  Architecture: image.architecture,
  CreationDate: new Date(image.createdAt).toISOString(),
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: image.snapshotId } }],
  Tags: asTags(image.tags),
});

export const asTemplateVersion = (
  templateId: string,
  version: TemplateVersion,
): LaunchTemplateVersion => ({
  LaunchTemplateId: templateId,
  VersionNumber: version.number,
  VersionDescription: version.description,
  DefaultVersion: version.number === 1,
  LaunchTemplateData: { ImageId: version.imageId },
});
