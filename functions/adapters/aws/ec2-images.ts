import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageReferencesCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeSnapshotsCommand,
  type ImageReference,
  type ResourceTypeRequest,
} from '@aws-sdk/client-ec2';
import { NamedFailure } from '../../domain/failures.ts';
import { tagNames } from '../../domain/resource-names.ts';
import type { ImagePort } from '../../ports/images.ts';
import type { Ec2Client } from './clients.ts';
import { asImage } from './ec2-image-answers.ts';
import { callAws, callAwsUnless, isGone, isSnapshotInUse } from './errors.ts';
import { allPages, inBatches } from './pages.ts';

/** Image ids per call of DescribeImageReferences. */
const referencesMax = 10;
/** Values per filter of a call. */
const filterValuesMax = 200;

/**
 * By default, the check only looks at the newest ten versions of a launch template, and it counts an instance
 * terminated within the last hour as a user of its image.
 */
const references: ResourceTypeRequest[] = [
  {
    ResourceType: 'ec2:LaunchTemplate',
    ResourceTypeOptions: [{ OptionName: 'version-depth', OptionValues: ['10000'] }],
  },
  {
    ResourceType: 'ec2:Instance',
    ResourceTypeOptions: [
      {
        OptionName: 'state-name',
        OptionValues: ['pending', 'running', 'shutting-down', 'stopping', 'stopped'],
      },
    ],
  },
];

/**
 * `parameterImages` reads the images named by the image parameters; the check does not see parameters of that
 * type.
 */
export const ec2Images = (
  client: Ec2Client,
  parameterImages: () => Promise<readonly string[]>,
): ImagePort => {
  const describe = (resource: string, what: DescribeImagesCommandInput) =>
    allPages(`The list of images ${resource}`, async (NextToken) => {
      const input = { Owners: ['self'], ...what, NextToken };
      const answer = await callAws('DescribeImages', resource, () =>
        client.send(new DescribeImagesCommand(input)),
      );
      return { elements: (answer.Images ?? []).map(asImage), next: answer.NextToken };
    });

  return {
    read: async (imageId) => {
      // A filter, because EC2 answers an unknown id with an empty list then.
      const images = await describe(imageId, {
        Filters: [{ Name: 'image-id', Values: [imageId] }],
      });
      return images[0] ?? null;
    },
    list: (fleet) =>
      describe(`of the fleet ${fleet}`, {
        Filters: [{ Name: `tag:${tagNames.fleet}`, Values: [fleet] }],
        MaxResults: 100,
      }),
    setState: async (image, state) => {
      const input = {
        Resources: [image.id],
        Tags: [{ Key: tagNames.imageState, Value: state }],
      };
      await callAws('CreateTags', image.id, () => client.send(new CreateTagsCommand(input)));
    },
    referenced: async (imageIds) => {
      if (imageIds.length === 0) return new Set();
      const found = new Set(await parameterImages());
      for (const batch of inBatches(imageIds, referencesMax)) {
        for (const imageId of await readReferences(client, batch)) found.add(imageId);
      }
      return new Set(imageIds.filter((imageId) => found.has(imageId)));
    },
    remove: async (image) => {
      const input = { ImageId: image.id, DeleteAssociatedSnapshots: true };
      const answer = await callAwsUnless(
        'DeregisterImage',
        image.id,
        () => client.send(new DeregisterImageCommand(input)),
        (error) => isGone(error, 'image'),
        null,
      );
      const done = (answer?.DeleteSnapshotResults ?? [])
        .filter(({ ReturnCode }) => ReturnCode === 'success' || ReturnCode === 'skipped')
        .map(({ SnapshotId }) => SnapshotId);
      for (const id of image.snapshotIds.filter((snapshotId) => !done.includes(snapshotId)))
        await removeSnapshot(client, `${id} of ${image.id}`, id);
    },
    leftSnapshots: async (fleet, images) => {
      const used = new Set(images.flatMap(({ snapshotIds }) => snapshotIds));
      const unclaimed = (await readSnapshots(client, fleet)).filter((id) => !used.has(id));
      for (const batch of inBatches(unclaimed, filterValuesMax)) {
        const users = await describe(`made from ${batch.join(', ')}`, {
          Filters: [{ Name: 'block-device-mapping.snapshot-id', Values: [...batch] }],
          IncludeDisabled: true,
        });
        for (const id of users.flatMap(({ snapshotIds }) => snapshotIds)) used.add(id);
      }
      return unclaimed.filter((id) => !used.has(id));
    },
    removeSnapshot: (snapshotId) => removeSnapshot(client, snapshotId, snapshotId),
  };
};

const readReferences = (
  client: Ec2Client,
  imageIds: readonly string[],
): Promise<readonly string[]> => {
  const resource = imageIds.join(', ');
  return allPages(`The list of references to ${resource}`, async (NextToken) => {
    const input = {
      ImageIds: [...imageIds],
      IncludeAllResourceTypes: true,
      ResourceTypes: references,
      NextToken,
    };
    const answer = await callAws('DescribeImageReferences', resource, () =>
      client.send(new DescribeImageReferencesCommand(input)),
    );
    return { elements: (answer.ImageReferences ?? []).map(imageOf), next: answer.NextToken };
  });
};

/** A reference without an image id could be to any of the images. */
const imageOf = ({ ImageId }: ImageReference): string => {
  if (ImageId !== undefined) return ImageId;
  throw new NamedFailure('UnexpectedAnswer', 'EC2 returned an image reference without an image id');
};

/** The bake gives a snapshot the tags of its image, whose state tells it from those of an image that is still being made. */
const readSnapshots = (client: Ec2Client, fleet: string): Promise<readonly string[]> =>
  allPages(`The list of snapshots of the fleet ${fleet}`, async (NextToken) => {
    const input = {
      OwnerIds: ['self'],
      Filters: [
        { Name: `tag:${tagNames.fleet}`, Values: [fleet] },
        { Name: 'tag-key', Values: [tagNames.imageState] },
      ],
      MaxResults: 100,
      NextToken,
    };
    const answer = await callAws('DescribeSnapshots', fleet, () =>
      client.send(new DescribeSnapshotsCommand(input)),
    );
    const elements = (answer.Snapshots ?? []).flatMap(({ SnapshotId }) => SnapshotId ?? []);
    return { elements, next: answer.NextToken };
  });

const removeSnapshot = async (
  client: Ec2Client,
  resource: string,
  SnapshotId: string,
): Promise<void> => {
  const call = () => client.send(new DeleteSnapshotCommand({ SnapshotId }));
  const isFine = (error: unknown) => isGone(error, 'snapshot') || isSnapshotInUse(error);
  await callAwsUnless('DeleteSnapshot', resource, call, isFine, null);
};
