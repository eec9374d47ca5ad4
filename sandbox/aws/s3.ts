import type { GetObjectCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from './aws-error.ts';
import type { Iam } from './iam/iam.ts';
import type { Handlers } from './simulated-service.ts';

/** Where a deployment has machines leave what they write for the controller. */
export const artifactsBucket = 'smart-proxy-artifacts';

/** Objects by bucket and key, as text or bytes. */
export class Buckets {
  readonly #objects = new Map<string, Uint8Array>();

  put(bucket: string, key: string, content: string | Uint8Array): void {
    this.#objects.set(`${bucket}/${key}`, Buffer.from(content));
  }

  get(bucket: string, key: string): Uint8Array | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }
}

export const s3 = (buckets: Buckets, iam: Iam): Handlers => ({
  GetObjectCommand: ({ Bucket = '', Key = '' }: GetObjectCommandInput) => {
    const content = buckets.get(Bucket, Key);
    if (content === undefined) iam.authorizeListing(Bucket);
    if (content === undefined)
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
    return {
      Body: {
        transformToString: () => Promise.resolve(Buffer.from(content).toString('utf8')),
        transformToByteArray: () => Promise.resolve(content),
      },
    };
  },
});
