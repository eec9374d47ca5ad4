import { beforeAll, describe, expect, test } from '@jest/globals';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { accessesOf } from './accesses.ts';
import { type Call, callsOfAllScenarios } from './calls.ts';
import { exampleSettings, resourcesOf, type Statement, synthesize, templateOf } from './example.ts';
import { actionsOf, arnText, isAllowed, resourcesIn } from './iam.ts';

/**
 * Permissions from both sides. Every scenario is run, every call of every step is recorded with its resource,
 * and the policies that a deployment would make are asked: none is denied, and what no scenario calls has
 * its reason here.
 */
const settings = exampleSettings();
const names = Object.keys(steps) as StepName[];

const controller = () => templateOf(settings, 'Controller');

/** The statements of a step's role; references that a deployment resolves are made those of the sandbox. */
const statementsOfStep = (step: StepName): readonly Statement[] => {
  const fn = resourcesOf(controller(), 'AWS::Lambda::Function').find(({ Properties }) =>
    String(Properties['Description']).endsWith(`: ${step}`),
  );
  const role = arnText(fn?.Properties['Role']).slice(1, -1);
  return resourcesOf(controller(), 'AWS::IAM::Policy')
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${role}"`))
    .flatMap(
      ({ Properties }) =>
        (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement,
    )
    .map((statement) => ({
      ...statement,
      Resource: resourcesIn(statement).map((resource) =>
        resource
          .replace(/^<LedgerTable\w*>$/, '<LedgerTable>')
          .replace(/^<BakeArtifacts\w*>/, '<ArtifactsBucket>')
          .replace(/document\/<.*BootReport.*>$/, 'document/smart-proxy-boot-report'),
      ),
    }));
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

/** What AWS asks for on the way of another call. */
const implied: Readonly<Record<string, readonly string[]>> = {
  'autoscaling:UpdateAutoScalingGroup': ['ec2:RunInstances', 'iam:PassRole', 'ssm:GetParameters'],
  'ssm:PutParameter': ['ec2:DescribeImages'],
};

const lostAnswer = 'looks where an instance stands when the answer to a move was lost';

/** Paths that no example scenario takes, by step, each with what leads there. */
const untaken: Readonly<Partial<Record<StepName, Readonly<Record<string, string>>>>> = {
  announceImage: {
    's3:ListBucket': 'S3 says that a list is not there, and not that it is forbidden',
  },
  inspectProxy: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
  pruneImages: { 'ec2:DeleteSnapshot': 'removes a snapshot that did not go with its image' },
  admitInEmergency: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
  rollBackProxy: {
    'autoscaling:DescribeAutoScalingInstances': lostAnswer,
    'ssm:SendCommand': 'asks an instance that nobody has asked yet how its boot went',
  },
  retireIncumbent: {
    'autoscaling:DescribeAutoScalingInstances': lostAnswer,
    'dynamodb:PutItem': 'records that Katello could not stop a sync',
  },
  standByIncumbent: { 'autoscaling:DescribeAutoScalingInstances': lostAnswer },
};

let calls: readonly Call[] = [];
beforeAll(async () => {
  synthesize(settings);
  calls = await callsOfAllScenarios();
}, 300_000);

const usedBy = (step: StepName): ReadonlySet<string> => {
  const called = calls
    .filter((call) => call.step === step)
    .flatMap((call) => accessesOf(call).map(({ action }) => action));
  return new Set([...called, ...called.flatMap((action) => implied[action] ?? [])]);
};

describe.each(names)('%s', (step) => {
  test('is allowed every call that it makes', () => {
    const statements = statementsOfStep(step);
    const denied = calls
      .filter((call) => call.step === step)
      .flatMap(accessesOf)
      .filter((access) => !isAllowed(statements, access))
      .map(({ action, resource }) => `${action} on ${resource}`);

    expect([...new Set(denied)]).toEqual([]);
  });

  test('is allowed nothing that it never does', () => {
    const used = usedBy(step);
    const superfluous = statementsOfStep(step)
      .flatMap(actionsOf)
      .filter((action) => !ofTheRuntime.includes(action))
      .filter((action) => !used.has(action) && untaken[step]?.[action] === undefined);

    expect([...new Set(superfluous)]).toEqual([]);
  });

  test('is named as never doing only what it is allowed and never does', () => {
    const used = usedBy(step);
    const allowed = statementsOfStep(step).flatMap(actionsOf);

    for (const action of Object.keys(untaken[step] ?? {})) {
      expect(used).not.toContain(action);
      expect(allowed).toContain(action);
    }
  });

  test('has a wildcard only where IAM knows no resource, or a condition binds it', () => {
    const loose = statementsOfStep(step)
      .filter((statement) => resourcesIn(statement).includes('*'))
      .flatMap(actionsOf)
      .filter((action) => !ofTheRuntime.includes(action))
      .filter((action) => !/:(Describe|List|Get)/.test(action));

    expect(loose).toEqual([]);
  });
});
