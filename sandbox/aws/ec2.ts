import type {
  CreateLaunchTemplateVersionCommandInput,
  CreateLaunchTemplateVersionCommandOutput,
  CreateTagsCommandInput,
  DeleteLaunchTemplateVersionsCommandInput,
  DeleteLaunchTemplateVersionsCommandOutput,
  DeleteSnapshotCommandInput,
  DeregisterImageCommandInput,
  DeregisterImageCommandOutput,
  DescribeImageReferencesCommandInput,
  DescribeImageReferencesCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  DescribeInstancesCommandInput,
  DescribeInstancesCommandOutput,
  DescribeLaunchTemplateVersionsCommandInput,
  DescribeLaunchTemplateVersionsCommandOutput,
  DescribeSnapshotsCommandInput,
  DescribeSnapshotsCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { asImage, asInstance, asTemplateVersion, matches } from './ec2-answers.ts';
import { deletingSnapshot } from './iam/dependent-accesses.ts';
import type { Iam } from './iam/iam.ts';
import { imageReferences } from './image-references.ts';
import type { Images } from './images.ts';
import type { Instances } from './instances.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import { pageOf } from './paging.ts';
import type { Parameters } from './parameters.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** Elements of a page when the caller names no number. */
const perPage = 100;
/** EC2 gives few versions at a time unless it is asked for more. */
const versionsPerPage = 20;

/** The commands of EC2. */
export const ec2 = (
  instances: Instances,
  images: Images,
  templates: LaunchTemplates,
  parameters: Parameters,
  iam: Iam,
): Handlers => ({
  DescribeInstancesCommand: (
    input: DescribeInstancesCommandInput,
  ): Answer<DescribeInstancesCommandOutput> => {
    const missing = input.InstanceIds?.find((id) => instances.get(id) === undefined);
    if (missing !== undefined) {
      throw new AwsError(
        'InvalidInstanceID.NotFound',
        `The instance ID '${missing}' does not exist`,
      );
    }
    const found = instances
      .visible()
      .filter(({ id }) => input.InstanceIds?.includes(id) ?? true)
      .filter(({ id, tags }) => matches(input.Filters, { 'instance-id': id }, tags));
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? perPage);
    return { Reservations: page.map((one) => ({ Instances: [asInstance(one)] })), NextToken: next };
  },
  DescribeImagesCommand: (
    input: DescribeImagesCommandInput,
  ): Answer<DescribeImagesCommandOutput> => {
    const missing = input.ImageIds?.find((id) => images.get(id) === undefined);
    if (missing !== undefined) throw imageNotFound(missing);
    const found = images
      .all()
      .filter(({ id }) => input.ImageIds?.includes(id) ?? true)
      .filter(({ id, snapshotId, tags }) =>
        matches(
          input.Filters,
          { 'image-id': id, 'block-device-mapping.snapshot-id': snapshotId },
          tags,
        ),
      );
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? perPage);
    return { Images: page.map(asImage), NextToken: next };
  },
  DeregisterImageCommand: (
    input: DeregisterImageCommandInput,
  ): Answer<DeregisterImageCommandOutput> => {
    const { ImageId: id = '', DeleteAssociatedSnapshots: asked = false } = input;
    const snapshotId = images.get(id)?.snapshotId ?? '';
    const mayDelete = iam.allows(deletingSnapshot(iam.estate, snapshotId));
    const gone = images.deregister(id, asked && mayDelete);
    const results = gone.map((SnapshotId) => ({ SnapshotId, ReturnCode: 'success' as const }));
    const kept = { SnapshotId: snapshotId, ReturnCode: 'missing-permissions' as const };
    return { Return: true, DeleteSnapshotResults: asked && !mayDelete ? [kept] : results };
  },
  DescribeSnapshotsCommand: (
    input: DescribeSnapshotsCommandInput,
  ): Answer<DescribeSnapshotsCommandOutput> => {
    const found = images
      .snapshots()
      .filter((id) => matches(input.Filters, {}, images.snapshotTags(id) ?? new Map()));
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? perPage);
    return { Snapshots: page.map((SnapshotId) => ({ SnapshotId })), NextToken: next };
  },
  DeleteSnapshotCommand: (input: DeleteSnapshotCommandInput) => {
    images.deleteSnapshot(input.SnapshotId ?? '');
    return {};
  },
  DescribeImageReferencesCommand: (
    input: DescribeImageReferencesCommandInput,
  ): Answer<DescribeImageReferencesCommandOutput> => {
    const missing = input.ImageIds?.find((id) => images.get(id) === undefined);
    if (missing !== undefined) throw imageNotFound(missing);
    const found = imageReferences(input, instances, templates, parameters);
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? perPage);
    return { ImageReferences: page, NextToken: next };
  },
  CreateTagsCommand: (input: CreateTagsCommandInput) => {
    for (const id of input.Resources ?? []) {
      const tags = instances.get(id)?.tags ?? images.get(id)?.tags;
      if (tags === undefined) throw notFound(id);
      for (const { Key, Value } of input.Tags ?? []) tags.set(Key ?? '', Value ?? '');
    }
    return {};
  },
  CreateLaunchTemplateVersionCommand: (
    input: CreateLaunchTemplateVersionCommandInput,
  ): Answer<CreateLaunchTemplateVersionCommandOutput> => {
    const id = input.LaunchTemplateId ?? '';
    const version = templates.create(id, {
      sourceVersion: input.SourceVersion,
      imageId: input.LaunchTemplateData?.ImageId,
      description: input.VersionDescription ?? '',
      clientToken: input.ClientToken,
    });
    return { LaunchTemplateVersion: asTemplateVersion(id, version) };
  },
  DescribeLaunchTemplateVersionsCommand: (
    input: DescribeLaunchTemplateVersionsCommandInput,
  ): Answer<DescribeLaunchTemplateVersionsCommandOutput> => {
    const id = input.LaunchTemplateId ?? '';
    const found =
      input.Versions?.map((number) => templates.version(id, number)) ??
      templates.versions(id).toReversed();
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? versionsPerPage);
    return {
      LaunchTemplateVersions: page.map((version) => asTemplateVersion(id, version)),
      NextToken: next,
    };
  },
  DeleteLaunchTemplateVersionsCommand: (
    input: DeleteLaunchTemplateVersionsCommandInput,
  ): Answer<DeleteLaunchTemplateVersionsCommandOutput> => {
    const id = input.LaunchTemplateId ?? '';
    const results = (input.Versions ?? []).map((number) => ({
      LaunchTemplateId: id,
      VersionNumber: Number(number),
      problem: templates.delete(id, number),
    }));
    return {
      SuccessfullyDeletedLaunchTemplateVersions: results
        .filter(({ problem }) => problem === null)
        .map(({ problem, ...version }) => version),
      UnsuccessfullyDeletedLaunchTemplateVersions: results.flatMap(({ problem, ...version }) =>
        problem === null
          ? []
          : [{ ...version, ResponseError: { Code: problem as 'unexpectedError' } }],
      ),
    };
  },
});

const imageNotFound = (id: string): AwsError =>
  new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);

const notFound = (id: string): AwsError =>
  id.startsWith('ami-')
    ? imageNotFound(id)
    : new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
