import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageReferencesCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  type ImageReference,
  type ResourceTypeRequest,
} from '@aws-sdk/client-ec2';
import { NamedFailure } from '../../domain/failures.ts';
import { tagNames } from '../../domain/resource-names.ts';
import type { Image, ImagePort } from '../../ports/images.ts';
import type { Ec2Client } from './clients.ts';
import { asImage } from './ec2-image-answers.ts';
import { callAws, callAwsUnless, isGone } from './errors.ts';
import { allPages, inBatches } from './pages.ts';

/** Image ids per call of DescribeImageReferences. */
const referencesMax = 10;

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
      await removeSnapshots(client, image, done);
    },
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

/** Deletes snapshots that were not deleted with their image; an earlier attempt may have stopped in between. */
const removeSnapshots = async (
  client: Ec2Client,
  image: Image,
  done: readonly (string | undefined)[],
): Promise<void> => {
  for (const SnapshotId of image.snapshotIds.filter((id) => !done.includes(id))) {
    await callAwsUnless(
      'DeleteSnapshot',
      `${SnapshotId} of ${image.id}`,
      () => client.send(new DeleteSnapshotCommand({ SnapshotId })),
      (error) => isGone(error, 'snapshot'),
      null,
    );
  }
};
