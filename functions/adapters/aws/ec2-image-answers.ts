import type { Image as Ec2Image } from '@aws-sdk/client-ec2';
import { NamedFailure } from '../../domain/failures.ts';
import { tagNames } from '../../domain/resource-names.ts';
import type { Image, ImageState } from '../../ports/images.ts';

const states: Readonly<Record<ImageState, true>> = {
  candidate: true,
  current: true,
  previous: true,
  rejected: true,
};

const isState = (state: string | null): state is ImageState =>
  state !== null && Object.hasOwn(states, state);

export const asImage = (answer: Ec2Image): Image => {
  const { ImageId: id, Architecture: architecture } = answer;
  const createdAt = new Date(answer.CreationDate ?? Number.NaN);
  if (id === undefined || architecture === undefined || Number.isNaN(createdAt.getTime())) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `EC2 returned the image ${id ?? '(no id)'} without architecture or creation date`,
    );
  }
  const tag = (name: string): string | null =>
    answer.Tags?.find(({ Key }) => Key === name)?.Value ?? null;
  const state = tag(tagNames.imageState);
  return {
    id,
    architecture,
    createdAt,
    available: answer.State === 'available',
    state: isState(state) ? state : null,
    katelloVersion: tag(tagNames.katelloVersion),
    features: tag(tagNames.features)?.split(' ') ?? null,
    sourceImage: tag(tagNames.sourceImage),
    snapshotIds: (answer.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
  };
};
