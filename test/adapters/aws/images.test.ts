import { describe, expect, test } from '@jest/globals';
import type { Ec2Client } from '../../../functions/adapters/aws/clients.ts';
import { ec2Images } from '../../../functions/adapters/aws/ec2-images.ts';
import type { Image } from '../../../functions/ports/images.ts';
import { expectFailure } from '../../contracts/failure.ts';

const image: Image = {
  id: 'ami-1',
  available: true,
  state: 'previous',
  architecture: 'x86_64',
  createdAt: new Date(0),
  katelloVersion: null,
  features: null,
  sourceImage: null,
  snapshotIds: ['snap-1', 'snap-2'],
};

/** Answers by the name of the command, in turn. */
const scripted = (answers: Record<string, readonly unknown[]>) => {
  const sent: { readonly name: string; readonly input: unknown }[] = [];
  const client: Ec2Client = {
    send: async ({ constructor: { name }, input }) => {
      const turn = sent.filter((command) => command.name === name).length;
      sent.push({ name, input });
      const answer = answers[name]?.[turn];
      if (answer instanceof Error) throw answer;
      return answer as never;
    },
  };
  return { client, sent };
};

const awsError = (name: string): Error => Object.assign(new Error('no'), { name });

const listed = {
  Images: [{ ImageId: 'ami-1', Architecture: 'arm64', CreationDate: '2026-11-01T00:00:00Z' }],
};

describe('the image adapter', () => {
  test('gives no list at all when one of its pages fails', async () => {
    const { client } = scripted({
      DescribeImagesCommand: [{ ...listed, NextToken: '1' }, awsError('RequestLimitExceeded')],
    });

    await expectFailure(ec2Images(client, async () => []).list('europe'), 'AwsUnavailable');
  });

  test('gives no references at all when the parameters cannot be read', async () => {
    const { client } = scripted({ DescribeImageReferencesCommand: [{ ImageReferences: [] }] });
    const images = ec2Images(client, () => Promise.reject(awsError('ThrottlingException')));

    await expect(images.referenced(['ami-1'])).rejects.toThrow();
  });

  test('asks for every version of a launch template', async () => {
    const { client, sent } = scripted({
      DescribeImageReferencesCommand: [{ ImageReferences: [] }],
    });

    await ec2Images(client, async () => []).referenced(['ami-1']);

    expect(JSON.stringify(sent)).toMatch(/"version-depth","OptionValues":\["10000"\]/);
    expect(sent[0]?.input).toMatchObject({ IncludeAllResourceTypes: true });
  });

  test('deletes those snapshots that EC2 did not delete with the image', async () => {
    const { client, sent } = scripted({
      DeregisterImageCommand: [
        {
          DeleteSnapshotResults: [
            { SnapshotId: 'snap-1', ReturnCode: 'success' },
            { SnapshotId: 'snap-2', ReturnCode: 'internal-error' },
          ],
        },
      ],
      DeleteSnapshotCommand: [{}],
    });

    await ec2Images(client, async () => []).remove(image);

    expect(sent.slice(1).map(({ input }) => input)).toEqual([{ SnapshotId: 'snap-2' }]);
  });

  test('asks EC2 for every image that a snapshot may belong to, disabled ones included', async () => {
    const { client, sent } = scripted({
      DescribeSnapshotsCommand: [
        { Snapshots: [{ SnapshotId: 'snap-1' }, { SnapshotId: 'snap-3' }], NextToken: '1' },
        { Snapshots: [{ SnapshotId: 'snap-4' }] },
      ],
      DescribeImagesCommand: [
        {
          Images: [
            { ...listed.Images[0], BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-4' } }] },
          ],
        },
      ],
    });

    const left = await ec2Images(client, async () => []).leftSnapshots('europe', [image]);

    expect(left).toEqual(['snap-3']);
    expect(sent.at(-1)?.input).toMatchObject({
      Owners: ['self'],
      IncludeDisabled: true,
      Filters: [{ Name: 'block-device-mapping.snapshot-id', Values: ['snap-3', 'snap-4'] }],
    });
  });

  test('asks for no image when every snapshot belongs to one that it knows', async () => {
    const { client, sent } = scripted({
      DescribeSnapshotsCommand: [{ Snapshots: [{ SnapshotId: 'snap-1' }] }],
    });

    expect(await ec2Images(client, async () => []).leftSnapshots('europe', [image])).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  test('does not touch the snapshots when the image cannot be deregistered', async () => {
    const { client, sent } = scripted({
      DeregisterImageCommand: [awsError('OperationNotPermitted')],
    });

    await expectFailure(ec2Images(client, async () => []).remove(image), 'AwsRefused', 'ami-1');
    expect(sent).toHaveLength(1);
  });

  test('takes an unknown tag value for no state, and a pending image for not available', async () => {
    const pending = { ...listed.Images[0], State: 'pending', Tags: [] };
    const { client } = scripted({ DescribeImagesCommand: [{ Images: [pending] }] });

    const read = await ec2Images(client, async () => []).read('ami-1');

    expect(read).toMatchObject({ available: false, state: null });
  });
});
