import { execFileSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { portOf } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { BundleName } from '../../infra/bundling/code.ts';
import { exampleSettings, functionOf } from './example.ts';
import type { Exchange } from './local-services.ts';

interface Result {
  readonly outcome: string;
  readonly log: readonly string[];
  readonly exchanges: readonly Exchange[];
  readonly source: string;
}

const names = Object.keys(steps) as StepName[];
const everyName: readonly BundleName[] = [...names, 'bootstrapResources', 'healthMetrics'];
let results: Readonly<Record<string, Result>> = {};

/** What Lambda itself sets, and the variables of the function in the template; references are any text. */
const environmentOf = (name: BundleName): Readonly<Record<string, string>> => {
  const { Environment } = functionOf(exampleSettings(), name).Properties as {
    readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  };
  const variables = Object.entries(Environment?.Variables ?? {});
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIATESTED',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    ...Object.fromEntries(
      variables.map(([key, value]) => [key, typeof value === 'string' ? value : 'tested']),
    ),
  };
};

beforeAll(() => {
  const program = fileURLToPath(new URL('./invoke-bundles.ts', import.meta.url));
  const output = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      input: JSON.stringify(
        Object.fromEntries(everyName.map((name) => [name, environmentOf(name)])),
      ),
    },
  );
  results = JSON.parse(output);
}, 300_000);

const resultOf = (name: string): Result => {
  const result = results[name];
  if (result === undefined) throw new Error(`${name} was not built`);
  return result;
};

/** The services of AWS behind each port; Systems Manager is behind every function. */
const servicesOf: Readonly<Record<string, readonly string[]>> = {
  contentReports: ['s3'],
  balancer: ['elasticloadbalancingv2'],
  dns: ['route53'],
  executions: ['sfn'],
  // What a bootstrap resource makes for Auto Scaling, which no port does.
  grants: ['kms'],
  groups: ['autoscaling'],
  images: ['ec2'],
  instances: ['ec2'],
  launchTemplates: ['ec2'],
  ledger: ['dynamodb'],
  packageLists: ['s3'],
};

const found = (source: string, pattern: RegExp): readonly string[] =>
  [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))].sort();

const expectClients = (name: string, ports: readonly string[]): void => {
  const { source } = resultOf(name);
  const wanted = ['ssm', ...ports.flatMap((port) => servicesOf[port] ?? [])];

  expect(found(source, /com\.amazonaws\.([a-z0-9]+)/g)).toEqual([...new Set(wanted)].sort());
  expect(source.includes('llhttp')).toBe(
    ports.some((port) => ['announcer', 'content', 'marker'].includes(port)),
  );
};

describe.each(names)('the built file of %s', (step) => {
  test('holds the clients that its step calls, and no other', () => {
    expectClients(step, steps[step].needs.map(portOf));
  });
});

describe.each(names.filter((step) => step !== 'announceOutcome'))(
  'the built file of %s',
  (step) => {
    test('starts, refuses an event that it does not know, and says so in one line of JSON', () => {
      const { outcome, log } = resultOf(step);

      expect(outcome).toBe('BadRequest');
      expect(log).toHaveLength(1);
      expect(JSON.parse(log[0] ?? '')).toMatchObject({ step, outcome: 'failed' });
    });
  },
);

describe.each(everyName)('the built file of %s', (name) => {
  test('stays small', () => {
    expect(resultOf(name).source.length).toBeLessThan(1_200_000);
  });

  test('loads what Node has, and nothing else as long as its environment has credentials', () => {
    const loaded = found(resultOf(name).source, /(?:require|import)\([`"']([^`"']+)[`"']\)/g);
    // Its errors name what signs for access points of several regions, for people to install.
    const advice = /^@aws-sdk\/signature-v4(a|-crt)$/;

    expect(loaded.filter((module) => !isBuiltin(module) && !advice.test(module))).toEqual([
      '@aws-sdk/credential-provider-http',
      '@aws-sdk/credential-provider-ini',
      '@aws-sdk/credential-provider-process',
      '@aws-sdk/credential-provider-sso',
      '@aws-sdk/credential-provider-web-identity',
      '@smithy/credential-provider-imds',
    ]);
  });
});

describe('a built function that gets to its end', () => {
  const sent = () => resultOf('announceOutcome').exchanges;

  test('reads the fleet, and posts to Slack between the two writes of its claim', () => {
    expect(resultOf('announceOutcome').outcome).toBe('{"announced":true}');
    expect(sent().map(({ target }) => target)).toEqual([
      'AmazonSSM.GetParameters',
      'DynamoDB_20120810.PutItem',
      'AmazonSSM.GetParameters',
      '/slack',
      'DynamoDB_20120810.PutItem',
    ]);
    expect(JSON.parse(sent()[3]?.body ?? '')).toMatchObject({ text: 'berlin: rebuilt' });
  });

  test('signs with the credentials of its environment, session token included', () => {
    const signed = sent().filter(({ target }) => target !== '/slack');

    for (const { headers } of signed) {
      expect(headers.authorization).toContain('Credential=AKIATESTED/');
      expect(headers['x-amz-security-token']).toBe('session');
    }
  });
});

test('the function of custom resources tells CloudFormation even what it cannot do', () => {
  const [answer] = resultOf('bootstrapResources').exchanges;

  expect(JSON.parse(answer?.body ?? '')).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('Custom::Unknown'),
  });
  expectClients('bootstrapResources', ['grants']);
});

test('the function of the health metrics has a handler, and the clients of the ports that it reads', () => {
  expect(resultOf('healthMetrics').outcome).toBe('function');
  expectClients('healthMetrics', ['groups', 'instances', 'ledger']);
});
