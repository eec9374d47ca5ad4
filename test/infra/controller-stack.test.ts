import { describe, expect, test } from '@jest/globals';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { envNames } from '../../functions/lambda/env.ts';
import { keepAwakeEvent } from '../../functions/lambda/keep-awake.ts';
import { stepsInNetwork, talksToKatello } from '../../functions/steps/katello-network.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { isAllowed } from '../../sandbox/aws/iam/policy.ts';
import { titleWhere } from '../statemachine/titles.ts';
import {
  exampleSettings,
  idsOf,
  inventory,
  resourceOf,
  resourcesOf,
  statementsOfRole,
  synthesize,
  type Template,
  templateOf,
  templatesOf,
  withFleet,
} from './example.ts';
import { allowanceOf } from './iam.ts';

const usual = exampleSettings();
const pinned = withFleet(usual, (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { id: 'ami-0ba5e00000000000a' } },
}));
const boundary = 'arn:aws:iam::123456789012:policy/boundary';
const bounded = exampleSettings({ permissionsBoundary: boundary });
const fromKatello = exampleSettings({ activationKeyParameter: '/smart-proxies/europe/key' });
const withCycle = (change: Partial<typeof usual.fleet.cycle>) =>
  withFleet(usual, (fleet) => ({ ...fleet, cycle: { ...fleet.cycle, ...change } }));
const cycleChanges = [
  ['another time zone', withCycle({ timeZone: 'Europe/Paris' })],
  ['another limit', withCycle({ limitDays: 28 })],
] as const;
synthesize(usual, pinned, bounded, fromKatello, ...cycleChanges.map(([, settings]) => settings));

const controller = (settings = usual): Template => templateOf(settings, 'Controller');
const names = Object.keys(steps) as StepName[];

const functionOf = (step: StepName) => {
  const found = resourcesOf(controller(), 'AWS::Lambda::Function').find(({ Properties }) =>
    String(Properties['Description']).endsWith(`: ${step}`),
  );
  if (found === undefined) throw new Error(`There is no function for ${step}`);
  return found.Properties;
};

const definitionOf = (machine: string) => {
  const found = resourcesOf(controller(), 'AWS::StepFunctions::StateMachine').find(
    ({ Properties }) => Properties['StateMachineName'] === `smart-proxy-europe-${machine}`,
  );
  return found?.Properties as {
    readonly DefinitionString: string;
    readonly DefinitionSubstitutions: Readonly<Record<string, unknown>>;
    readonly LoggingConfiguration: unknown;
    readonly TracingConfiguration: unknown;
  };
};

test('the controller is made of these', () => {
  const { 'AWS::IAM::Policy': _, 'AWS::IAM::Role': __, ...rest } = inventory(controller());

  expect(rest).toMatchObject({
    'AWS::CodeBuild::Project': 1,
    'AWS::DynamoDB::GlobalTable': 1,
    'AWS::Events::Rule': 8,
    'AWS::IAM::InstanceProfile': 1,
    'AWS::Lambda::Function': names.length + 1,
    'AWS::SQS::Queue': 1,
    'AWS::SNS::Topic': 1,
    'AWS::Scheduler::Schedule': 3 + stepsInNetwork.length,
    'AWS::StepFunctions::StateMachine': 2,
    'Custom::FirstRun': 1,
  });
});

describe('each function', () => {
  test.each(names)('%s runs on Node 24, arm64, traced, with its own log and role', (step) => {
    const fn = functionOf(step);

    expect(fn).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
    const all = resourcesOf(controller(), 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties,
    );
    const same = (key: string) =>
      all.filter((other) => JSON.stringify(other[key]) === JSON.stringify(fn[key]));
    expect(same('Role')).toHaveLength(1);
    expect(same('LoggingConfig')).toHaveLength(1);
  });

  test.each(names)('%s gets what its settings need, by the names that it reads', (step) => {
    const { Variables } = functionOf(step)['Environment'] as { Variables: object };

    expect(Object.keys(Variables).sort()).toEqual(Object.values(envNames).sort());
  });

  test.each(names)('%s is in the network of Katello only when it talks to it', (step) => {
    expect('VpcConfig' in functionOf(step)).toBe(talksToKatello(step));
  });

  test.each(names)('%s ends before Step Functions gives it up', (step) => {
    const definitions = ['rebuild-fleet', 'rebuild-proxy'].map(
      (machine) => definitionOf(machine).DefinitionString,
    );
    const patience = definitions.flatMap((definition) =>
      [...definition.matchAll(/"Resource": "\$\{(\w+)\}",\s+"TimeoutSeconds": (\d+)/g)]
        .filter(([, name]) => name === step)
        .map(([, , seconds]) => Number(seconds)),
    );

    expect(patience.length).toBeGreaterThan(0);
    expect(functionOf(step)['Timeout']).toBeLessThan(Math.min(...patience));
  });

  test('keeps its log as long as the deployment says', () => {
    const retentions = resourcesOf(controller(), 'AWS::Logs::LogGroup').map(
      ({ Properties }) => Properties['RetentionInDays'],
    );

    expect(new Set(retentions)).toEqual(new Set([90]));
  });
});

describe('the state machines', () => {
  test.each(['rebuild-fleet', 'rebuild-proxy'])('%s has a value for each placeholder', (name) => {
    const { DefinitionString, DefinitionSubstitutions } = definitionOf(name);
    const placeholders = [...DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key ?? '');

    expect(Object.keys(DefinitionSubstitutions).sort()).toEqual([...new Set(placeholders)].sort());
  });

  test.each(['rebuild-fleet', 'rebuild-proxy'])('%s is logged and traced, without data', (name) => {
    expect(definitionOf(name)).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

test('people and tools find the state machines and the ledger by parameters', () => {
  const published = resourcesOf(controller(), 'AWS::SSM::Parameter').map(({ Properties }) => [
    Properties['Name'],
    JSON.stringify(Properties['Value']),
  ]);

  expect(published).toEqual([
    [
      resourceNames.stateMachineParameter('europe', 'rebuild-fleet'),
      expect.stringContaining('RebuildFleet'),
    ],
    [
      resourceNames.stateMachineParameter('europe', 'rebuild-proxy'),
      expect.stringContaining('RebuildProxy'),
    ],
    [resourceNames.ledgerTableParameter('europe'), expect.stringContaining('LedgerTable')],
  ]);
});

test('the ledger can be brought back to any second, forgets claims, and outlives the stack', () => {
  const table = resourceOf(controller(), 'AWS::DynamoDB::GlobalTable');

  expect(table.DeletionPolicy).toBe('Retain');
  expect(table.Properties).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
  expect(JSON.stringify(table.Properties)).toContain('"PointInTimeRecoveryEnabled":true');
});

describe('what starts executions', () => {
  interface Rule {
    readonly EventPattern: { readonly source: readonly string[] };
    readonly Targets: readonly { readonly DeadLetterConfig: unknown }[];
  }
  const isStart = ({ Targets: [target] }: Rule): boolean =>
    JSON.stringify(target).includes('Rebuild');
  const rulesOf = (source: string, settings = usual): readonly Rule[] =>
    resourcesOf(controller(settings), 'AWS::Events::Rule')
      .map(({ Properties }) => Properties as unknown as Rule)
      .filter(isStart)
      .filter(({ EventPattern }) => EventPattern.source.includes(source));

  test('an image that is pinned does not change', () => {
    expect(rulesOf('aws.ssm')).toHaveLength(1);
    expect(rulesOf('aws.ssm', pinned)).toEqual([]);
  });

  test('no event is lost without a trace', () => {
    for (const source of ['aws.autoscaling', 'aws.states', 'aws.ssm'])
      for (const { Targets } of rulesOf(source))
        expect(Targets[0]?.DeadLetterConfig).toEqual({ Arn: expect.anything() });
  });

  test('the cycle starts 21 days after the first deployment, and not at once', () => {
    const schedules = resourcesOf(controller(), 'AWS::Scheduler::Schedule').map(
      ({ Properties }) => Properties,
    );
    const cycle = schedules.find((schedule) => schedule['StartDate'] !== undefined);

    expect(cycle).toMatchObject({
      ScheduleExpression: 'rate(21 days)',
      StartDate: { 'Fn::GetAtt': [expect.stringContaining('FirstRun'), 'StartAt'] },
      Target: { Input: '{"reason":"scheduled"}' },
    });
    expect(
      schedules.find((schedule) => String(schedule['ScheduleExpression']).startsWith('cron')),
    ).toMatchObject({
      ScheduleExpression: 'cron(0 12 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
  });
});

interface KeepAwakeTarget {
  readonly Arn: { readonly 'Fn::GetAtt': readonly string[] };
  readonly Input: string;
}

describe('the functions in the network of Katello', () => {
  test('are each called every day, so that Lambda does not take their network away', () => {
    const called = resourcesOf(controller(), 'AWS::Scheduler::Schedule')
      .map(
        ({ Properties }) => Properties as { ScheduleExpression: string; Target: KeepAwakeTarget },
      )
      .filter(({ Target: { Input } }) => Input === JSON.stringify(keepAwakeEvent));

    expect(called).toHaveLength(stepsInNetwork.length);
    expect(new Set(called.map(({ ScheduleExpression }) => ScheduleExpression))).toEqual(
      new Set(['rate(1 day)']),
    );
    const names = called.map(({ Target }) => String(Target.Arn['Fn::GetAtt'][0]));
    expect(names.map((id) => id.replace(/^Steps|[0-9A-F]{8}$/g, '').toLowerCase()).sort()).toEqual(
      stepsInNetwork.map((step) => step.toLowerCase()).sort(),
    );
  });
});

describe('the start of the cycle', () => {
  const cycleOf = (settings: typeof usual) =>
    resourcesOf(controller(settings), 'AWS::Scheduler::Schedule').find(
      ({ Properties }) => Properties['StartDate'] !== undefined,
    );
  const digestOf = (settings: typeof usual) =>
    resourceOf(controller(settings), 'Custom::FirstRun').Properties['Schedule'];

  /** An update replaces every property of a schedule, and Scheduler refuses a start that has passed. */
  test.each(cycleChanges)('is decided again with %s', (_, settings) => {
    expect(cycleOf(settings)).not.toEqual(cycleOf(usual));
    expect(digestOf(settings)).not.toBe(digestOf(usual));
  });

  test('stays as it was in a deployment that leaves the schedule alone', () => {
    expect(cycleOf(fromKatello)).toEqual(cycleOf(usual));
    expect(digestOf(fromKatello)).toBe(digestOf(usual));
  });
});

describe('the bake', () => {
  const environment = (settings = usual) => {
    const project = resourceOf(controller(settings), 'AWS::CodeBuild::Project').Properties;
    return (project['Environment'] as { EnvironmentVariables: { Name: string; Type: string }[] })
      .EnvironmentVariables;
  };

  test('has the variables that packer/build/bake.sh needs', () => {
    expect(environment().map(({ Name }) => Name)).toEqual([
      'ARTIFACTS_BUCKET',
      'BUILDER_INSTANCE_PROFILE',
      'BUILDER_SUBNET_ID',
      'OPERATING_SYSTEM',
    ]);
  });

  test('reads the activation key itself, so that no template contains it', () => {
    expect(environment(fromKatello)).toContainEqual({
      Name: 'PKR_VAR_katello_activation_key',
      Type: 'PARAMETER_STORE',
      Value: '/smart-proxies/europe/key',
    });
  });

  /** AWS's page getting-started-restrict-access-quickstart allows it to everyone who starts sessions. */
  test('carries data through the session that Packer starts', () => {
    const role = idsOf(controller(), 'AWS::IAM::Role').find((id) => id.startsWith('BakeRole'));
    const access = {
      action: 'ssmmessages:OpenDataChannel',
      resource: 'arn:aws:ssm:eu-central-1:123456789012:session/any',
      context: {},
    };

    expect(isAllowed(statementsOfRole(controller(), role ?? '').map(allowanceOf), access)).toBe(
      true,
    );
  });

  test('is given up by CodeBuild before the state machine gives it up', () => {
    const { TimeoutInMinutes } = resourceOf(controller(), 'AWS::CodeBuild::Project').Properties;
    const bake = titleWhere(
      'rebuild-fleet',
      (state) => state.Type === 'Task' && state.Resource.endsWith(':codebuild:startBuild.sync'),
    );
    const state = JSON.parse(definitionOf('rebuild-fleet').DefinitionString).States[bake];

    expect(Number(TimeoutInMinutes) * 60).toBeLessThan(state.TimeoutSeconds);
  });
});

test('a permissions boundary bounds every role', () => {
  for (const template of Object.values(templatesOf(bounded)))
    for (const { Properties } of resourcesOf(template, 'AWS::IAM::Role'))
      expect(Properties['PermissionsBoundary']).toBe(boundary);
});

test('what holds secrets is encrypted, versioned, closed and logged', () => {
  const buckets = resourcesOf(templateOf(usual, 'Shared'), 'AWS::S3::Bucket');
  const certs = buckets.find(({ Properties }) => 'LoggingConfiguration' in Properties);

  expect(certs?.DeletionPolicy).toBe('Retain');
  expect(certs?.Properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(JSON.stringify(certs?.Properties)).toContain('"SSEAlgorithm":"aws:kms"');
});

test('there are two commands for instances: the boot report and the content report', () => {
  const documents = resourcesOf(templateOf(usual, 'Shared'), 'AWS::SSM::Document');
  const [boot, content, ...more] = documents.map(({ Properties }) => JSON.stringify(Properties));

  expect(more).toEqual([]);
  expect(documents.every(({ Properties }) => Properties['DocumentType'] === 'Command')).toBe(true);
  expect(boot).toContain('/usr/local/bin/smart-proxy-boot-report {{ waitSeconds }}');
  expect(content).toContain('/usr/bin/python3 -I \\"$program\\"');
});
