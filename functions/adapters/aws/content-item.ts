import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NamedFailure } from '../../domain/failures.ts';
import { type KnownContent, knownContentSchema } from '../../domain/known-content.ts';

type Item = Record<string, AttributeValue>;

/** Compressed: DynamoDB takes items of at most 400 KB, and a proxy may have thousands of repositories. */
export const contentItem = (id: string, content: KnownContent): Item => ({
  id: { S: id },
  content: { B: gzipSync(JSON.stringify(content)) },
});

export const readContentItem = (id: string, item: Item | undefined): KnownContent | null => {
  if (item === undefined) return null;
  const parsed = knownContentSchema.safeParse(unpacked(item['content']?.B));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NamedFailure(
    'UnexpectedAnswer',
    `The item ${id} is not valid content of a proxy ` +
      `(${issue?.path.map(String).join('.').slice(0, 200) || 'the whole'}: ${issue?.message})`,
  );
};

const unpacked = (bytes: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(gunzipSync(bytes ?? new Uint8Array()).toString('utf8'));
  } catch {
    return undefined;
  }
};
