import type { GetObjectCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from './aws-error.ts';
import type { Iam } from './iam/iam.ts';
import type { Handlers } from './simulated-service.ts';

/** Objects by bucket and key, as text. */
export class Buckets {
  readonly #objects = new Map<string, string>();

  put(bucket: string, key: string, text: string): void {
    this.#objects.set(`${bucket}/${key}`, text);
  }

  get(bucket: string, key: string): string | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }
}

export const s3 = (buckets: Buckets, iam: Iam): Handlers => ({
  GetObjectCommand: ({ Bucket = '', Key = '' }: GetObjectCommandInput) => {
    const text = buckets.get(Bucket, Key);
    if (text === undefined) iam.authorizeListing(Bucket);
    if (text === undefined)
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
    return { Body: { transformToString: () => Promise.resolve(text) } };
  },
});
