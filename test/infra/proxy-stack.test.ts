import { describe, expect, test } from '@jest/globals';
import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import { launchHookName } from '../../functions/domain/group.ts';
import { maxLifetimeSeconds } from '../../functions/domain/instance-lifetime.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import {
  simulatedGroupProperties,
  simulatedTargetGroupAttributes,
  unsimulatedGroupProperties,
} from '../../sandbox/aws/deployed-properties.ts';
import {
  exampleSettings,
  idsOf,
  inventory,
  proxyTemplate,
  resourceOf,
  resourcesOf,
  statementsOf,
  synthesize,
  templatesOf,
  warningsOf,
  withFleet,
  withProxy,
} from './example.ts';

const group = 'AWS::AutoScaling::AutoScalingGroup';
const launchTemplate = 'AWS::EC2::LaunchTemplate';

const usual = exampleSettings();
const yearly = withFleet(usual, (fleet) => ({
  ...fleet,
  cycle: { ...fleet.cycle, limitDays: 365 },
}));
const moved = withFleet(usual, (fleet) => ({
  ...fleet,
  network: { ...fleet.network, vpcId: 'vpc-0fffffffffffffff0' },
}));
const pinned = withFleet(usual, (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { id: 'ami-0ba5e00000000000a' } },
}));
const secretsKey = 'arn:aws:kms:eu-central-1:123456789012:key/secrets';
const imageKey = 'arn:aws:kms:eu-central-1:123456789012:key/images';
const ownKeys = exampleSettings({ secretsKey, imageKey });
const small = withProxy(usual, { instanceType: 'm7i.large' });
const changes = [
  ['instance type', withProxy(usual, { instanceType: 'm7i.2xlarge' })],
  ['volume', withProxy(usual, { volumeGib: 999 })],
  ['certificate', withProxy(usual, { certs: { key: 'eu-north/new.tar' } })],
  ['set of features', withProxy(usual, { features: ['pulpcore', 'logs'] })],
] as const;
synthesize(
  usual,
  yearly,
  moved,
  pinned,
  ownKeys,
  small,
  ...changes.map(([, settings]) => settings),
);

test('a machine below what Foreman requires is a warning, not an error', () => {
  const others = warningsOf(usual);

  expect(warningsOf(small).filter((warning) => !others.includes(warning))).toEqual([
    expect.stringContaining('eu-north: m7i.large has less than the 4 vCPUs and 12 GiB'),
  ]);
});

test('a proxy is made of these', () => {
  expect(inventory(proxyTemplate())).toEqual({
    'AWS::AutoScaling::AutoScalingGroup': 1,
    'AWS::EC2::LaunchTemplate': 1,
    'AWS::EC2::SecurityGroup': 2,
    'AWS::EC2::SecurityGroupIngress': 6,
    'AWS::ElasticLoadBalancingV2::Listener': 4,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 1,
    'AWS::ElasticLoadBalancingV2::TargetGroup': 4,
    'AWS::IAM::InstanceProfile': 1,
    'AWS::IAM::Policy': 1,
    'AWS::IAM::Role': 1,
    'AWS::Route53::RecordSet': 1,
    'AWS::SSM::Parameter': 1,
    'Custom::FirstImage': 1,
  });
});

describe('the group', () => {
  test('launches nothing when it is created, and has no capacity that a deployment could set', () => {
    const { Properties } = resourceOf(proxyTemplate(), group);

    expect(Properties).toMatchObject({ MinSize: '0', MaxSize: '2' });
    expect(Properties).not.toHaveProperty('DesiredCapacity');
  });

  test('lets a launch continue when the controller is silent', () => {
    expect(resourceOf(proxyTemplate(), group).Properties['LifecycleHookSpecificationList']).toEqual(
      [
        {
          LifecycleHookName: launchHookName,
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          DefaultResult: 'CONTINUE',
          HeartbeatTimeout: 7200,
        },
      ],
    );
  });

  test('has a maximum lifetime above the cycle, at which Auto Scaling launches before it terminates', () => {
    expect(resourceOf(proxyTemplate(), group).Properties).toMatchObject({
      MaxInstanceLifetime: 22.5 * 86_400,
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      HealthCheckType: 'ELB',
    });
  });

  test('has a maximum lifetime that Auto Scaling accepts, however long the cycle is', () => {
    expect(resourceOf(proxyTemplate(yearly), group).Properties['MaxInstanceLifetime']).toBe(
      31_536_000,
    );
  });

  test('is found by the controller under its name, once it is there', () => {
    const template = proxyTemplate();

    expect(resourceOf(template, group).Properties['AutoScalingGroupName']).toBe(
      resourceNames.group('europe', 'eu-north'),
    );
    expect(resourceOf(template, 'AWS::SSM::Parameter').DependsOn).toEqual(idsOf(template, group));
  });
});

describe('a deployment and a rebuild', () => {
  test('never fight over the version: the group points at the first of its template', () => {
    const template = proxyTemplate();
    const [templateId] = idsOf(template, launchTemplate);

    expect(resourceOf(template, group).Properties['LaunchTemplate']).toEqual({
      LaunchTemplateId: { Ref: templateId },
      Version: '1',
    });
  });

  test('never fight over the image: no template holds one, so a promoted image changes none', () => {
    const template = JSON.stringify(proxyTemplate());
    const parameter = resourceNames.proxyImageParameter('europe', 'eu-north');

    expect(template).toContain(`"ImageId":"resolve:ssm:${parameter}"`);
    expect(template).not.toMatch(/ami-[0-9a-f]{8}/);
  });

  test('two of the same fleet file are one: nothing in them comes from the clock or chance', () => {
    const again = { ...usual, logRetentionDays: usual.logRetentionDays };
    const [first, second] = [templatesOf(usual), templatesOf({ ...again, account: undefined })];

    expect(second).toEqual(first);
  });

  test.each(changes)('another %s is another template with the same image', (_, settings) => {
    const [before, after] = [proxyTemplate(), proxyTemplate(settings)];
    const imageOf = (template: typeof before) =>
      (resourceOf(template, launchTemplate).Properties['LaunchTemplateData'] as { ImageId: string })
        .ImageId;

    expect(idsOf(after, launchTemplate)).not.toEqual(idsOf(before, launchTemplate));
    expect(imageOf(after)).toBe(imageOf(before));
  });

  test('another VPC, which replaces the security group, is another template too', () => {
    const moves = [proxyTemplate(), proxyTemplate(moved)].map((template) =>
      idsOf(template, launchTemplate),
    );

    expect(moves[1]).not.toEqual(moves[0]);
  });
});

describe('an instance', () => {
  const data = () =>
    resourceOf(proxyTemplate(), launchTemplate).Properties['LaunchTemplateData'] as Record<
      string,
      unknown
    >;

  test('cannot be logged in to: no key pair, no public address, no data channel for sessions', () => {
    expect(data()).not.toHaveProperty('KeyName');
    expect(data()['NetworkInterfaces']).toEqual([
      expect.objectContaining({ AssociatePublicIpAddress: false }),
    ]);
    expect(JSON.stringify(proxyTemplate())).not.toContain('DataChannel');
  });

  test('gives its credentials to local, token-bearing requests only', () => {
    expect(data()['MetadataOptions']).toEqual({
      HttpEndpoint: 'enabled',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
    });
  });

  test('keeps its content on an encrypted volume of the size that the fleet file says', () => {
    expect(data()['BlockDeviceMappings']).toEqual([
      expect.objectContaining({
        Ebs: {
          VolumeType: 'gp3',
          VolumeSize: 300,
          Encrypted: true,
          DeleteOnTermination: true,
        },
      }),
    ]);
  });

  test('reads its own certificate and parameters and nothing of another proxy', () => {
    const policies = JSON.stringify(statementsOf(proxyTemplate(usual, 'eu-west')));

    expect(policies).toContain('/eu-west/certs.tar');
    expect(policies).toContain('eu-west/remote-execution-key');
    expect(policies).toContain('log-stream:eu-west/*');
    expect(policies).not.toContain('eu-north');
    expect(policies).not.toContain('token');
  });

  test('decrypts parameters with the key that the deployment names', () => {
    expect(statementsOf(proxyTemplate(ownKeys))).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: secretsKey,
    });
  });
});

describe('names', () => {
  test('the service name leads to the load balancer', () => {
    expect(resourceOf(proxyTemplate(), 'AWS::Route53::RecordSet').Properties).toMatchObject({
      Name: 'eu-north.proxies.example.com',
      Type: 'A',
      AliasTarget: expect.anything(),
    });
  });

  test('the control name is left to the controller', () => {
    const records = JSON.stringify(resourcesOf(proxyTemplate(), 'AWS::Route53::RecordSet'));

    expect(records).not.toContain('control');
  });
});

test('the first image is the base image of the fleet file, an id or a parameter', () => {
  const baseOf = (settings: typeof usual) =>
    resourceOf(proxyTemplate(settings), 'Custom::FirstImage').Properties['BaseImage'];

  expect(baseOf(usual)).toBe('/smart-proxies/europe/base-image');
  expect(baseOf(pinned)).toBe('ami-0ba5e00000000000a');
});

describe('images that a key of the customer encrypts', () => {
  const grantType = 'Custom::LaunchGrant';

  test('can be launched from: Auto Scaling has a grant on the key before the controller has the proxy', () => {
    const template = proxyTemplate(ownKeys);
    const { Properties, DependsOn } = resourceOf(template, grantType);

    expect(Properties).toMatchObject({ Key: imageKey, Name: 'smart-proxy-europe--eu-north' });
    expect(JSON.stringify(Properties['Role'])).toContain(
      ':role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    );
    expect(resourceOf(template, 'AWS::SSM::Parameter').DependsOn).toEqual(
      expect.arrayContaining([...idsOf(template, grantType)]),
    );
    // The group makes Auto Scaling's role, in an account that has none yet.
    expect(DependsOn).toEqual(expect.arrayContaining([...idsOf(template, group)]));
  });

  test('are the only ones that need a grant', () => {
    expect(idsOf(proxyTemplate(), grantType)).toEqual([]);
  });
});

test('every proxy of the fleet file has a stack', () => {
  expect(Object.keys(templatesOf())).toEqual(
    expect.arrayContaining(['Proxy-eu-north', 'Proxy-eu-west', 'Proxy-eu-south']),
  );
});

describe('what is deployed is what is simulated', () => {
  const template = () => proxyTemplate();

  test('of an Auto Scaling group', () => {
    const { Properties } = resourceOf(template(), group);
    const known = [
      ...Object.keys(simulatedGroupProperties),
      ...Object.keys(unsimulatedGroupProperties),
    ];

    expect(Object.keys(Properties).filter((name) => !known.includes(name))).toEqual([]);
    expect(Properties).toMatchObject({
      MinSize: String(deployedGroup.sizes.min),
      MaxSize: String(deployedGroup.sizes.max),
      HealthCheckGracePeriod: deployedGroup.healthCheckGraceSeconds,
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      MaxInstanceLifetime: maxLifetimeSeconds(usual.fleet.cycle),
    });
  });

  test('of a target group', () => {
    const attributes = resourcesOf(template(), 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(
      ({ Properties }) =>
        Properties['TargetGroupAttributes'] as readonly { readonly Key: string }[],
    );
    const names = new Set(attributes.map(({ Key }) => Key));

    expect([...names].toSorted()).toEqual(Object.keys(simulatedTargetGroupAttributes).toSorted());
  });
});
