import { describe, expect, test } from '@jest/globals';
import { exampleSettings, statementsOf, synthesize, templatesOf } from './example.ts';

const places = [
  ['aws', exampleSettings({ account: '123456789012', region: 'eu-central-1' })],
  ['aws-us-gov', exampleSettings({ account: '123456789012', region: 'us-gov-west-1' })],
  ['aws-cn', exampleSettings({ account: '123456789012', region: 'cn-north-1' })],
  ['any', exampleSettings()],
] as const;
synthesize(...places.map(([, settings]) => settings));

/** What the templates must not spell out: CloudFormation knows it where they are deployed. */
const withoutAssets = (text: string): string =>
  // The bootstrap stack's bucket, by which CDK finds what it has uploaded.
  text.replaceAll(/cdk-hnb659fds-[\w-]+/g, 'asset');

describe.each(places)('in the partition %s', (partition, settings) => {
  const text = withoutAssets(JSON.stringify(templatesOf(settings)));

  test('no ARN spells a partition out', () => {
    expect(text.match(/arn:aws[\w-]*:/g)).toBeNull();
  });

  test('no host spells a suffix of AWS out, but for the names of services', () => {
    const hosts = [...text.matchAll(/[\w.-]*amazonaws\.com[\w.*]*/g)].map(([host]) => host);
    const principals =
      /^(ec2|ec2-images|lambda|states|codebuild|events|scheduler|logging\.s3|cloudwatch)\.amazonaws\.com[.*]?$/;

    expect(hosts.filter((host) => !principals.test(host))).toEqual([]);
  });

  test('every role may be assumed by services, and no statement names an account', () => {
    for (const template of Object.values(templatesOf(settings))) {
      const statements = withoutAssets(JSON.stringify(statementsOf(template)));
      if (partition === 'any') expect(statements).not.toContain('123456789012');
    }
  });
});
