import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { contentReportPrefix } from '../../functions/domain/resource-names.ts';
import { contentReportContent } from '../../infra/shared/content-report.ts';
import { isAllowed } from '../../sandbox/aws/iam/policy.ts';
import {
  exampleSettings,
  proxyTemplate,
  resourcesOf,
  type Statement,
  synthesize,
} from './example.ts';
import { allowanceOf } from './iam.ts';

const settings = exampleSettings();
synthesize(settings);

const folder = new URL('../../infra/shared/content-report/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.py'));
const sourceOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const content = contentReportContent('artifacts');
const script = content.mainSteps[0]?.inputs.runCommand.join('\n') ?? '';

describe('the content report document', () => {
  test('fits into a document of Systems Manager', () => {
    // MaxDocumentSizeExceeded: 64 KB, with the parameters of a call, of which the gateway's has at most 16,000.
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(60_000 - 16_000);
  });

  test('carries every file of the program, whole', () => {
    for (const file of files)
      expect(script).toContain(`'END_OF_FILE'\n${sourceOf(file)}END_OF_FILE`);
  });

  test('has no text that Systems Manager takes for a parameter but its own two', () => {
    expect(script.match(/\{\{.*?\}\}/g)).toEqual(['{{ limitSeconds }}', '{{ gateway }}']);
  });

  test.each(["'; id; '", '$(id)', 'H4sI\nid', 'H4sI AAAA'])('takes no gateway of %j', (gateway) => {
    expect(gateway).not.toMatch(new RegExp(content.parameters.gateway.allowedPattern));
  });

  test('takes what the functions send for the gateway, and nothing at all', () => {
    const { allowedPattern } = content.parameters.gateway;
    expect(gzipSync('["org/open"]').toString('base64')).toMatch(new RegExp(allowedPattern));
    expect(content.parameters.gateway.default).toMatch(new RegExp(allowedPattern));
  });

  test.each(['0', '09', '1000', '60; id', '$(id)', '60\nid', ''])(
    'takes no limit of %j',
    (limitSeconds) => {
      expect(limitSeconds).not.toMatch(new RegExp(content.parameters.limitSeconds.allowedPattern));
    },
  );

  test('is given longer than its longest limit', () => {
    expect(Number(content.mainSteps[0]?.inputs.timeoutSeconds)).toBeGreaterThan(999 + 120);
  });
});

describe('an instance', () => {
  const statements = resourcesOf(proxyTemplate(settings), 'AWS::IAM::Policy').flatMap(
    ({ Properties }) =>
      (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement,
  );
  const bucket = statements
    .filter(({ Action }) => [Action].flat().includes('s3:PutObject'))
    .flatMap((statement) => allowanceOf(statement).resources)
    .map((resource) => resource.split('/')[0]);
  const mayPut = (key: string): boolean =>
    isAllowed(statements.map(allowanceOf), {
      action: 's3:PutObject',
      resource: `${bucket[0]}/${key}`,
      context: {},
    });

  test('writes reports of its own proxy, and nothing else', () => {
    expect(bucket).toHaveLength(1);
    expect(mayPut(`${contentReportPrefix('eu-north')}i-0abc/2026-11-27T12:00:00Z.json.gz`)).toBe(
      true,
    );
    expect(mayPut(`${contentReportPrefix('eu-south')}i-0abc/2026-11-27T12:00:00Z.json.gz`)).toBe(
      false,
    );
    expect(mayPut('images/ami-0abc/packages.txt')).toBe(false);
  });

  test('names its reports by the prefix that its role allows', () => {
    const prefix = contentReportPrefix("{settings['proxyName']}");

    expect(sourceOf('delivery.py')).toContain(`key = f"${prefix}{report['instanceId']}/`);
  });
});
