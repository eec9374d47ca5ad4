import { GetObjectCommand } from '@aws-sdk/client-s3';
import { packageListKey } from '../../domain/resource-names.ts';
import type { PackageListPort } from '../../ports/package-lists.ts';
import type { S3Client } from './clients.ts';
import { callAwsUnless, isGone } from './errors.ts';

export const s3PackageLists = (client: S3Client, bucket: string): PackageListPort => ({
  read: async (imageId) => {
    const key = packageListKey(imageId);
    // The body arrives after the response headers, and the connection may be lost in between.
    const readText = async (): Promise<string> => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? '';
    };
    const text = await callAwsUnless('GetObject', key, readText, isGoneObject, null);
    return text === null ? null : text.split(/\r?\n/).filter((line) => line !== '');
  },
});

const isGoneObject = (error: unknown): boolean => isGone(error, 'object');
