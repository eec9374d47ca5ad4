import { gzipSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import type { ContentReportPort, ReportAnswer } from '../../ports/content-reports.ts';
import type { S3Client, SsmClient } from './clients.ts';
import { asContentReport, asPrinted, type PrintedReport } from './content-report-answer.ts';
import { callAws } from './errors.ts';
import { isUnderWay, readInvocation, sendCommand } from './run-command.ts';

export interface ReportDocument {
  readonly documentName: string;
  /** Where an instance leaves a report that is too long for Run Command to return. */
  readonly bucket: string;
}

interface Clients {
  readonly ssm: SsmClient;
  readonly s3: S3Client;
}

export const ssmContentReports = (
  { ssm, s3 }: Clients,
  { documentName, bucket }: ReportDocument,
): ContentReportPort => ({
  start: async (instanceId, publicNames) => {
    const answer = await sendCommand(ssm, instanceId, {
      documentName,
      ...(publicNames !== null && { parameters: { gateway: packed(publicNames) } }),
    });
    return answer?.Command?.CommandId ?? null;
  },
  read: async (instanceId, commandId) => {
    const invocation = await readInvocation(ssm, instanceId, commandId);
    if (invocation === null || isUnderWay(invocation.Status)) return { status: 'running' };
    if (invocation.Status !== 'Success') return failed(invocation);
    const printed = asPrinted(instanceId, invocation.StandardOutputContent);
    const bytes = await bytesOf(s3, bucket, printed);
    return { status: 'done', report: asContentReport(instanceId, bytes, printed.sha256) };
  },
});

/** A document and its parameters have 64 KB together (MaxDocumentSizeExceeded); this leaves the program most of it. */
const packedMax = 16_000;

/** As the document wants it; what is left out needs a login until Katello's next push. */
const packed = (publicNames: readonly string[]): string => {
  const text = gzipSync(JSON.stringify(publicNames)).toString('base64');
  return text.length <= packedMax ? text : packed([]);
};

const bytesOf = async (
  s3: S3Client,
  bucket: string,
  printed: PrintedReport,
): Promise<Uint8Array> => {
  if ('inline' in printed) return Buffer.from(printed.inline, 'base64');
  const input = { Bucket: bucket, Key: printed.key };
  // The body arrives after the response headers, and the connection may be lost in between.
  return callAws('GetObject', printed.key, async () => {
    const { Body } = await s3.send(new GetObjectCommand(input));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  });
};

const lengthMax = 300;

const failed = (invocation: GetCommandInvocationCommandOutput): ReportAnswer => {
  const {
    Status,
    ResponseCode,
    StandardErrorContent = '',
    StandardOutputContent = '',
  } = invocation;
  const said = (StandardErrorContent.trim() || StandardOutputContent.trim()).slice(0, lengthMax);
  const ended = `the command ended as ${Status ?? 'unknown'}, exit code ${ResponseCode ?? 'unknown'}`;
  return { status: 'failed', reason: said === '' ? ended : `${ended}: ${said}` };
};
