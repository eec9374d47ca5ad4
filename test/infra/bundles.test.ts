import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { envNames } from '../../functions/lambda/env.ts';
import { portOf } from '../../functions/ports/port-methods.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { withoutComputedKeys } from '../../infra/bundling/slimming.ts';

interface Result {
  readonly outcome: string;
  readonly log: readonly string[];
  readonly bytes: number;
  readonly services: readonly string[];
  readonly requests: boolean;
}

const names = Object.keys(steps) as StepName[];
const bytesMax = 1_600_000;
let results: Readonly<Record<string, Result>> = {};

beforeAll(() => {
  const program = fileURLToPath(new URL('./invoke-bundles.ts', import.meta.url));
  const output = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program],
    {
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
      env: {
        AWS_REGION: 'eu-central-1',
        PATH: process.env['PATH'],
        ...Object.fromEntries(Object.values(envNames).map((name) => [name, 'tested'])),
      },
    },
  );
  results = JSON.parse(output);
}, 300_000);

const resultOf = (name: string): Result => {
  const result = results[name];
  if (result === undefined) throw new Error(`${name} was not built`);
  return result;
};

/** The services of the SDK behind each port; Systems Manager is behind every function. */
const serviceOf: Readonly<Record<string, string>> = {
  balancer: 'elasticloadbalancingv2',
  dns: 'route53',
  executions: 'sfn',
  groups: 'autoscaling',
  images: 'ec2',
  instances: 'ec2',
  launchTemplates: 'ec2',
  ledger: 'dynamodb',
};

describe.each(names)('the built file of %s', (step) => {
  test('starts, refuses an event that it does not know, and says so in one line of JSON', () => {
    const { outcome, log } = resultOf(step);

    expect(outcome).toBe('BadRequest');
    expect(log).toHaveLength(1);
    expect(JSON.parse(log[0] ?? '')).toMatchObject({ step, outcome: 'failed' });
  });

  test('holds the clients that its step calls, and no other', () => {
    const ports = steps[step].needs.map((method) => portOf(method));
    const wanted = ports.flatMap((port) => serviceOf[port] ?? []);
    const { services, requests } = resultOf(step);
    const found = services
      .map((name) => name.replace('com.amazonaws.', ''))
      .filter((name) => Object.values(serviceOf).includes(name));

    expect(found).toEqual([...new Set(wanted)].sort());
    expect(requests).toBe(ports.some((port) => ['announcer', 'content', 'marker'].includes(port)));
  });

  test('stays small', () => {
    expect(resultOf(step).bytes).toBeLessThan(bytesMax);
  });
});

test('the function of custom resources tells CloudFormation even what it cannot do', () => {
  expect(JSON.parse(resultOf('bootstrapResources').outcome)).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('Custom::Unknown'),
  });
});

test('the function that measures the proxies has a handler', () => {
  expect(resultOf('healthMetrics').outcome).toBe('function');
});

test('keys of schemas are written out, and what is no key of a schema stays', () => {
  const source = 'const _xN = "xmlName";\nvar A = [0, { [_xN]: `a`,\n  [_other]: 1 }, a[_xN]];';

  expect(withoutComputedKeys(source)).toBe(
    'const _xN = "xmlName";\nvar A = [0, { "xmlName": `a`,\n  [_other]: 1 }, a[_xN]];',
  );
});
