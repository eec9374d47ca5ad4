import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type ContentReport, contentReportSchema } from '../../domain/content-report.ts';
import { NamedFailure } from '../../domain/failures.ts';

const delivered = { sha256: z.string() };

/** The line that the report document prints: the report as gzip in base64, or where it is in S3. */
const printedSchema = z.object({
  version: z.literal(1),
  instanceId: z.string(),
  report: z.union([
    z.object({ ...delivered, inline: z.base64() }),
    z.object({ ...delivered, key: z.string() }),
  ]),
});
export type PrintedReport = z.infer<typeof printedSchema>['report'];

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const unexpected = (instanceId: string, words: string): NamedFailure =>
  new NamedFailure('UnexpectedAnswer', `The content report of ${instanceId} ${words}`);

/** An instance answers for itself only. */
const ofInstance = <Said extends { readonly instanceId: string }>(
  instanceId: string,
  said: Said,
): Said => {
  if (said.instanceId === instanceId) return said;
  throw unexpected(instanceId, `is one of ${said.instanceId.slice(0, 40)}`);
};

const parsed = <Said extends { readonly instanceId: string }>(
  schema: z.ZodType<Said>,
  instanceId: string,
  text: string,
): Said => {
  const result = schema.safeParse(jsonOf(text));
  if (result.success) return ofInstance(instanceId, result.data);
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('.').slice(0, 200) || 'the whole';
  const begin = text.trim().slice(0, 100) || '(nothing)';
  throw unexpected(
    instanceId,
    `is not valid (${place}: ${issue?.message}); it begins with ${begin}`,
  );
};

/** Throws `UnexpectedAnswer` that names the first field with an unexpected value. */
export const asPrinted = (instanceId: string, output: string | undefined): PrintedReport =>
  parsed(printedSchema, instanceId, output ?? '').report;

/** A report as it was delivered; throws `UnexpectedAnswer` when it is damaged or not the one that was announced. */
export const asContentReport = (
  instanceId: string,
  bytes: Uint8Array,
  sha256: string,
): ContentReport => {
  const text = unpacked(bytes);
  if (createHash('sha256').update(text).digest('hex') !== sha256)
    throw unexpected(instanceId, 'is damaged: its checksum is another one');
  return parsed(contentReportSchema, instanceId, text);
};

const unpacked = (bytes: Uint8Array): string => {
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    return '';
  }
};
