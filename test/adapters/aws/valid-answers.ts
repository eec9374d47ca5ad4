import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { autoScalingGroups } from '../../../functions/adapters/aws/auto-scaling-groups.ts';
import { contentItem } from '../../../functions/adapters/aws/content-item.ts';
import { dynamoLedger } from '../../../functions/adapters/aws/dynamo-ledger.ts';
import { ec2Images } from '../../../functions/adapters/aws/ec2-images.ts';
import { ec2Instances } from '../../../functions/adapters/aws/ec2-instances.ts';
import { ec2LaunchTemplates } from '../../../functions/adapters/aws/ec2-launch-templates.ts';
import { elbBalancer } from '../../../functions/adapters/aws/elb-balancer.ts';
import { route53Dns } from '../../../functions/adapters/aws/route53-dns.ts';
import { s3PackageLists } from '../../../functions/adapters/aws/s3-package-lists.ts';
import { ssmBoot } from '../../../functions/adapters/aws/ssm-boot.ts';
import { ssmContentReports } from '../../../functions/adapters/aws/ssm-content-reports.ts';
import { ssmFleet } from '../../../functions/adapters/aws/ssm-fleet.ts';
import {
  readImagesBelow,
  ssmImageParameters,
} from '../../../functions/adapters/aws/ssm-image-parameters.ts';
import { readSecret } from '../../../functions/adapters/aws/ssm-secrets.ts';
import { stepFunctionsExecutions } from '../../../functions/adapters/aws/step-functions-executions.ts';
import type { KnownContent } from '../../../functions/domain/known-content.ts';
import { emptyRecord } from '../../../functions/domain/record.ts';
import { resourceNames } from '../../../functions/domain/resource-names.ts';
import { aFleet } from '../../domain/a-fleet.ts';
import { aRestorePoint } from '../../steps/a-rebuild.ts';

/** All that the adapters need of a client: anything can come back. */
export interface AnyClient {
  readonly send: (command: object) => Promise<never>;
}

const at = new Date('2026-11-01T00:00:00Z');
const clock = { now: () => at };

const { proxies, ...fleet } = aFleet();
const record = JSON.stringify({ ...emptyRecord, restorePoint: aRestorePoint() });

/** What is configured: the fleet, and then each of its proxies. */
export const configuration = [
  { Name: resourceNames.fleetParameter('europe'), Value: JSON.stringify(fleet) },
  ...proxies.map((proxy) => ({
    Name: resourceNames.proxyParameter('europe', proxy.name),
    Value: JSON.stringify(proxy),
  })),
];

export const bootReport = JSON.stringify({
  cloudInit: 'done',
  boot: { status: 'failed', step: 'install', reason: 'no', updatedAt: null },
  logTail: 'the end',
});

const contentReport = JSON.stringify({
  version: 1,
  instanceId: 'i-1',
  takenAt: at.toISOString(),
  repositories: [],
  gateway: null,
  problems: [],
});

/** What either report document prints; each port reads its own part. */
const printed = JSON.stringify({
  ...JSON.parse(bootReport),
  version: 1,
  instanceId: 'i-1',
  report: { sha256: createHash('sha256').update(contentReport).digest('hex'), key: 'one' },
});

const knownContent: KnownContent = {
  owner: 'arn:1',
  isFresh: true,
  katello: null,
  instance: null,
  gateway: null,
};

/** What AWS answers when all is well, by the command; of each, all that we read. */
export const validAnswers: Readonly<Record<string, unknown>> = {
  DescribeAutoScalingGroups: {
    AutoScalingGroups: [
      {
        AutoScalingGroupName: 'smart-proxy-europe--berlin',
        MinSize: 1,
        MaxSize: 2,
        DesiredCapacity: 1,
        LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
        Instances: [
          {
            InstanceId: 'i-1',
            LifecycleState: 'InService',
            HealthStatus: 'Healthy',
            LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
            ProtectedFromScaleIn: true,
          },
        ],
        SuspendedProcesses: [{ ProcessName: 'AZRebalance' }],
        TargetGroupARNs: ['arn:1'],
      },
    ],
  },
  DescribeAutoScalingInstances: { AutoScalingInstances: [{ LifecycleState: 'InService' }] },
  DescribeScalingActivities: {
    Activities: [
      {
        StartTime: at,
        StatusCode: 'Failed',
        StatusMessage: 'no capacity',
        Description: 'Launching a new EC2 instance',
      },
    ],
  },
  DescribeImages: {
    Images: [
      {
        ImageId: 'ami-1',
        Architecture: 'x86_64',
        CreationDate: '2026-11-01T00:00:00.000Z',
        State: 'available',
        Tags: [{ Key: 'smart-proxy-rebuilder:state', Value: 'current' }],
        BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }],
      },
    ],
  },
  DescribeImageReferences: { ImageReferences: [{ ImageId: 'ami-1' }] },
  DeregisterImage: { DeleteSnapshotResults: [{ ReturnCode: 'success', SnapshotId: 'snap-1' }] },
  DeleteSnapshot: {},
  DescribeInstances: {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: 'i-1',
            ImageId: 'ami-1',
            LaunchTime: at,
            State: { Name: 'running' },
            PrivateIpAddress: '10.0.0.1',
            Tags: [{ Key: 'Name', Value: 'berlin' }],
          },
        ],
      },
    ],
  },
  DescribeLaunchTemplateVersions: {
    LaunchTemplateVersions: [{ VersionNumber: 1, VersionDescription: 'made by hand' }],
  },
  CreateLaunchTemplateVersion: {
    LaunchTemplateVersion: { VersionNumber: 2, VersionDescription: 'candidate' },
  },
  DeleteLaunchTemplateVersions: {
    UnsuccessfullyDeletedLaunchTemplateVersions: [
      {
        VersionNumber: 2,
        ResponseError: { Code: 'launchTemplateVersionDoesNotExist', Message: '' },
      },
    ],
  },
  DescribeTargetHealth: {
    TargetHealthDescriptions: [
      { Target: { Id: 'i-1', Port: 443 }, TargetHealth: { State: 'unhealthy', Reason: 'why' } },
    ],
  },
  ListResourceRecordSets: {
    ResourceRecordSets: [
      { Name: 'berlin.example.com.', Type: 'A', ResourceRecords: [{ Value: '10.0.0.1' }] },
    ],
  },
  ChangeResourceRecordSets: { ChangeInfo: { Id: '/change/1' } },
  GetChange: { ChangeInfo: { Status: 'INSYNC' } },
  DescribeInstanceInformation: {
    InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' }],
  },
  ListCommandInvocations: {
    CommandInvocations: [
      { CommandId: 'c-1', DocumentName: 'boot', Status: 'Success', RequestedDateTime: at },
    ],
  },
  GetCommandInvocation: {
    Status: 'Success',
    StandardOutputContent: printed,
  },
  SendCommand: {},
  GetParameter: { Parameter: { Name: '/one', Value: JSON.stringify(fleet) } },
  GetParameters: {
    Parameters: [...configuration, { Name: '/one', Value: 'hidden' }],
  },
  GetParametersByPath: { Parameters: configuration },
  PutParameter: {},
  ListExecutions: {
    executions: [{ executionArn: 'arn:1', name: 'run-1', status: 'RUNNING', startDate: at }],
  },
  DescribeExecution: {
    executionArn: 'arn:1',
    name: 'run-1',
    status: 'RUNNING',
    startDate: at,
    input: '{"proxy":"berlin"}',
  },
  GetExecutionHistory: {
    events: [
      {
        timestamp: at,
        id: 3,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Inspect' },
      },
    ],
  },
  GetItem: {
    Item: {
      id: { S: 'proxy#berlin' },
      record: { S: record },
      version: { N: '3' },
      owner: { S: 'arn:1' },
      takenAt: { S: at.toISOString() },
      reason: { S: 'scheduled' },
      content: contentItem('', knownContent)['content'],
    },
  },
  PutItem: {},
  GetObject: {
    Body: {
      transformToString: async () => 'bash-5.1.8-9.el9.x86_64\n',
      transformToByteArray: async () => gzipSync(contentReport),
    },
  },
};

const image = {
  id: 'ami-1',
  available: true,
  state: 'previous',
  architecture: 'x86_64',
  createdAt: at,
  katelloVersion: null,
  features: null,
  sourceImage: null,
  snapshotIds: ['snap-1', 'snap-2'],
} as const;

const contentReportsOf = (client: AnyClient) =>
  ssmContentReports({ ssm: client, s3: client }, { documentName: 'content', bucket: 'bucket' });

/** Every call of a port that reads an answer. */
export const calls: Readonly<Record<string, (client: AnyClient) => Promise<unknown>>> = {
  'groups.read': (client) => autoScalingGroups(client).read('smart-proxy-europe--berlin'),
  'groups.failedLaunches': (client) => autoScalingGroups(client).failedLaunches('one', new Date(0)),
  'images.read': (client) => ec2Images(client, async () => []).read('ami-1'),
  'images.list': (client) => ec2Images(client, async () => []).list('europe'),
  'images.referenced': (client) =>
    ec2Images(client, () => readImagesBelow(client, '/images')).referenced(['ami-1']),
  'images.remove': (client) => ec2Images(client, async () => []).remove(image),
  'instances.read': (client) => ec2Instances(client).read(['i-1']),
  'launchTemplates.ensureCandidate': (client) =>
    ec2LaunchTemplates(client).ensureCandidate('lt-1', {
      sourceVersion: '1',
      imageId: 'ami-1',
      description: 'candidate',
    }),
  'launchTemplates.findCandidates': (client) =>
    ec2LaunchTemplates(client).findCandidates('lt-1', 'made'),
  'launchTemplates.deleteVersions': (client) =>
    ec2LaunchTemplates(client).deleteVersions('lt-1', ['2']),
  'balancer.registered': (client) => elbBalancer(client).registered(['arn:1']),
  'balancer.targetHealth': (client) => elbBalancer(client).targetHealth(['arn:1'], 'i-1'),
  'dns.readAddress': (client) => route53Dns(client).readAddress('Z1', 'berlin.example.com'),
  'dns.writeAddress': (client) =>
    route53Dns(client).writeAddress('Z1', 'berlin.example.com', '10.0.0.1'),
  'dns.isInSync': (client) => route53Dns(client).isInSync('/change/1'),
  'boot.read': (client) => ssmBoot(client, { documentName: 'boot', waitSeconds: 1 }).read('i-1'),
  'contentReports.start': (client) => contentReportsOf(client).start('i-1', ['public']),
  'contentReports.read': (client) => contentReportsOf(client).read('i-1', 'c-1'),
  'fleet.read': (client) => ssmFleet(client, 'europe').read(),
  'imageParameters.read': (client) => ssmImageParameters(client).read('/one'),
  'fleet.readWith': (client) => ssmFleet(client, 'europe').readWith('berlin'),
  'secrets.readSecret': (client) => readSecret(client, '/one'),
  'executions.isRunning': (client) => stepFunctionsExecutions(client).isRunning('arn:1'),
  'executions.inputOf': (client) => stepFunctionsExecutions(client).inputOf('arn:1'),
  'executions.running': (client) => stepFunctionsExecutions(client).running('arn:machine'),
  'ledger.read': (client) => dynamoLedger(client, 'table', clock).read('berlin'),
  'ledger.update': (client) => dynamoLedger(client, 'table', clock).update('berlin', (one) => one),
  'ledger.readContent': (client) =>
    dynamoLedger(client, 'table', clock).readContent('berlin', 'baseline'),
  'ledger.lockHolder': (client) => dynamoLedger(client, 'table', clock).lockHolder('berlin'),
  'packageLists.read': (client) => s3PackageLists(client, 'bucket').read('ami-1'),
};

const nameOf = (command: object): string => command.constructor.name.replace(/Command$/, '');

/** A client whose answers are the valid ones but for one command. Keeps which commands it was sent. */
export const clientWith = (other: string, answer: () => Promise<unknown>) => {
  const sent = new Set<string>();
  const client: AnyClient = {
    send: (command) => {
      const name = nameOf(command);
      sent.add(name);
      const given = name === other ? answer() : Promise.resolve(validAnswers[name]);
      return given as Promise<never>;
    },
  };
  return { client, sent };
};

/** The commands that a call sends when all is well. */
export const commandsOf = async (call: string): Promise<readonly string[]> => {
  const { client, sent } = clientWith('', async () => null);
  await calls[call]?.(client);
  return [...sent];
};
