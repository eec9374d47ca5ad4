import { GetObjectCommand } from '@aws-sdk/client-s3';
import { packageListKey } from '../../domain/resource-names.ts';
import type { PackageListPort } from '../../ports/package-lists.ts';
import { askingUnless, isGone } from './errors.ts';
import type { S3Sender } from './sender.ts';

export const s3PackageLists = (client: S3Sender, bucket: string): PackageListPort => ({
  read: async (imageId) => {
    const key = packageListKey(imageId);
    const answer = await askingUnless(
      'GetObject',
      key,
      () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
      (error) => isGone(error, 'object'),
      null,
    );
    if (answer === null) return null;
    const text = (await answer.Body?.transformToString()) ?? '';
    return text.split('\n').filter((line) => line !== '');
  },
});
