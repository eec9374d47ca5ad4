import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { launchGrantOperations } from '../../functions/bootstrap-resources/custom-resources.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Access } from '../../sandbox/aws/iam/access.ts';
import {
  accessesOf,
  dependentAccessesOf,
  knownOperations,
} from '../../sandbox/aws/iam/command-meanings.ts';
import { isAllowed, type Statement } from '../../sandbox/aws/iam/policy.ts';
import { place, secretsKey } from '../../sandbox/world/deployed-fleet.ts';
import { AwsWorld } from '../sandbox/aws/aws-world.ts';
import { taskOperations } from '../service-models/operations-in-use.ts';
import { type Call, callsOfAllScenarios } from './calls.ts';
import { exampleSettings, functionOf, statementsOfRole, synthesize } from './example.ts';
import { allowanceOf, arnText } from './iam.ts';

/**
 * Permissions from both sides. Every scenario is run, every call of every step is recorded with its resource,
 * and the policies that a deployment would make are asked: none is denied, and what no scenario calls has
 * its reason here.
 */
const imageKey = 'arn:aws:kms:eu-central-1:123456789012:key/images';
const settings = exampleSettings({ secretsKey, imageKey });
const names = Object.keys(steps) as StepName[];

/** The statements of the role of a function; references that a deployment resolves are made those of the sandbox. */
const statementsOfFunction = (name: Parameters<typeof functionOf>[1]): readonly Statement[] => {
  const { template, Properties } = functionOf(settings, name);
  return statementsOfRole(template, arnText(Properties['Role']).slice(1, -1)).map(allowanceOf);
};

/** Allowed to every function, by the runtime and not by what it does. */
const ofTheRuntime = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

const lostAnswer = 'looks where an instance stands when the answer to a move was lost';

const longReport = 'fetches a report that is too long for Run Command to return';

/** Paths that no example scenario takes, by step, each with what leads there. */
const untaken: Readonly<Partial<Record<StepName, Readonly<Record<string, string>>>>> = {
  announceImage: {
    's3:ListBucket': 'S3 says that a list is not there, and not that it is forbidden',
  },
  fenceReplacement: { 'kms:Decrypt': 'reads the certificate of the CA from a SecureString' },
  inspectProxy: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
  admitInEmergency: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
  rollBackProxy: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
  retireIncumbent: {
    'autoscaling:DescribeAutoScalingInstances': lostAnswer,
    'dynamodb:PutItem': 'records that Katello could not stop a sync',
  },
  verifyContent: { 's3:GetObject': longReport },
  standByIncumbent: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
};

let calls: readonly Call[] = [];
beforeAll(async () => {
  synthesize(settings, exampleSettings());
  calls = await callsOfAllScenarios();
}, 300_000);

const accessesOfStep = (step: StepName, of: (call: Call) => readonly Access[]): readonly Access[] =>
  calls.filter(({ role }) => role === step).flatMap(of);

const deniedBy = (
  statements: readonly Statement[],
  accesses: readonly Access[],
  page = '',
): readonly string[] => {
  const denied = accesses
    .filter((access) => !isAllowed(statements, access))
    .map(({ action, resource }) => [action, resource, page].join(' '));
  return [...new Set(denied)];
};

const usedBy = (step: StepName): ReadonlySet<string> => {
  const accesses = accessesOfStep(step, ({ own, dependent }) => [...own, ...dependent]);
  return new Set(accesses.map(({ action }) => action));
};

describe.each(names)('%s', (step) => {
  test('is allowed every call that it makes', () => {
    expect(
      deniedBy(
        statementsOfFunction(step),
        accessesOfStep(step, ({ own }) => own),
      ),
    ).toEqual([]);
  });

  test('is allowed what AWS does for those calls in its name', () => {
    const statements = statementsOfFunction(step);
    const denied = calls
      .filter(({ role }) => role === step)
      .flatMap(({ dependent, page }) => deniedBy(statements, dependent, page));

    expect(denied).toEqual([]);
  });

  test('is allowed nothing that it never does', () => {
    const used = usedBy(step);
    const superfluous = statementsOfFunction(step)
      .flatMap(({ actions }) => actions)
      .filter((action) => !ofTheRuntime.includes(action))
      .filter((action) => !used.has(action) && untaken[step]?.[action] === undefined);

    expect([...new Set(superfluous)]).toEqual([]);
  });

  test('is named as never doing only what it is allowed and never does', () => {
    const used = usedBy(step);
    const allowed = statementsOfFunction(step).flatMap(({ actions }) => actions);

    for (const action of Object.keys(untaken[step] ?? {})) {
      expect(used).not.toContain(action);
      expect(allowed).toContain(action);
    }
  });

  test('has a wildcard only where IAM knows no resource, or a condition binds it', () => {
    const loose = statementsOfFunction(step)
      .filter((statement) => statement.resources.includes('*'))
      .flatMap(({ actions }) => actions)
      .filter((action) => !ofTheRuntime.includes(action))
      .filter((action) => !/:(Describe|List|Get)/.test(action));

    expect(loose).toEqual([]);
  });
});

test('every command that a function or a state machine sends is known by what it is to IAM', () => {
  const sources = globSync('functions/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const sent = sources.flatMap((source) =>
    [...source.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name),
  );
  const { dynamodb = [], states = [] } = taskOperations();
  const started = [...dynamodb, ...states].filter((name) => name !== 'DescribeExecution');

  expect([...new Set([...sent, ...started])].sort()).toEqual(knownOperations.toSorted());
});

test('the function of custom resources is allowed what it does, and what AWS then does for it', () => {
  const Name = resourceNames.proxyImageParameter('europe', 'eu-north');
  const commands = [
    { operation: 'GetParameter', input: { Name: '/smart-proxies/europe/base-image' } },
    { operation: 'PutParameter', input: { Name, DataType: 'aws:ec2:image' } },
    { operation: 'DeleteParameter', input: { Name } },
    {
      operation: 'CreateGrant',
      input: {
        KeyId: imageKey,
        GranteePrincipal:
          'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        Operations: launchGrantOperations,
      },
    },
    { operation: 'RevokeGrant', input: { KeyId: imageKey } },
  ];
  const world = new AwsWorld();
  const { estate } = world.aws.iam;
  const accesses = commands.flatMap((command) => [
    ...accessesOf(command, estate),
    ...dependentAccessesOf(command, estate),
  ]);
  world.end();

  expect(estate.place).toEqual(place);
  expect(deniedBy(statementsOfFunction('bootstrapResources'), accesses)).toEqual([]);
});
