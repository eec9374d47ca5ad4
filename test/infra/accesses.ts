import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import type { Call } from './calls.ts';
import type { Access } from './iam.ts';

const fleet = 'europe';
const place = 'eu-central-1:123456789012';
const ofFleet = { [`aws:ResourceTag/${tagNames.fleet}`]: fleet };

type Input = Call['input'];
type Reading = (input: Input) => readonly Omit<Access, 'action'>[];

const text = (value: unknown): string => String(value);
const anything: Reading = () => [{ resource: '*', context: {} }];

const ec2 = (resource: string, context: Access['context'] = ofFleet) => ({
  resource: `arn:aws:ec2:${place}:${resource}`,
  context,
});

const group: Reading = ({ AutoScalingGroupName: name }) => [
  {
    // Some calls name an instance only; it is in a group of the fleet.
    resource: `arn:aws:autoscaling:${place}:autoScalingGroup:0a1b:autoScalingGroupName/${text(name ?? resourceNames.group(fleet, 'eu-north'))}`,
    context: ofFleet,
  },
];

const parameter: Reading = ({ Name, Path }) => [
  { resource: `arn:aws:ssm:${place}:parameter${text(Name ?? Path)}`, context: {} },
];

const ledger: Reading = ({ Key, Item }) => {
  const { id } = (Key ?? Item) as { readonly id: { readonly S: string } };
  return [{ resource: '<LedgerTable>', context: { 'dynamodb:LeadingKeys': [id.S] } }];
};

const template: Reading = () => [ec2('launch-template/lt-0a1b')];

interface Change {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Name: string; readonly Type: string };
}

const records: Reading = ({ HostedZoneId, ChangeBatch }) => {
  const { Changes = [] } = (ChangeBatch ?? {}) as { readonly Changes?: readonly Change[] };
  const key = (name: string): string => `route53:ChangeResourceRecordSets${name}`;
  return [
    {
      resource: `arn:aws:route53:::hostedzone/${text(HostedZoneId)}`,
      context: {
        [key('NormalizedRecordNames')]: Changes.map(({ ResourceRecordSet: { Name } }) => Name),
        [key('RecordTypes')]: Changes.map(({ ResourceRecordSet: { Type } }) => Type),
        [key('Actions')]: Changes.map(({ Action }) => Action),
      },
    },
  ];
};

interface Tagging {
  readonly Resources: readonly string[];
  readonly Tags: readonly { readonly Key: string }[];
}

const tagging: Reading = (input) => {
  const { Resources, Tags } = input as unknown as Tagging;
  const context = { ...ofFleet, 'aws:TagKeys': Tags.map(({ Key }) => Key) };
  return Resources.map((id) =>
    id.startsWith('ami-')
      ? { resource: `arn:aws:ec2:eu-central-1::image/${id}`, context }
      : ec2(`instance/${id}`, context),
  );
};

const command: Reading = ({ DocumentName, InstanceIds }) => [
  { resource: `arn:aws:ssm:${place}:document/${text(DocumentName)}`, context: {} },
  ...(InstanceIds as readonly string[]).map((id) =>
    ec2(`instance/${id}`, { [`ssm:resourceTag/${tagNames.fleet}`]: fleet }),
  ),
];

/** Images and snapshots are of no account. */
const imagePart = (kind: 'image' | 'snapshot', id: string) => ({
  resource: `arn:aws:ec2:eu-central-1::${kind}/${id}`,
  context: ofFleet,
});

/** By the service authorization reference: what each command is to IAM. */
const readings: Readonly<Record<string, readonly [service: string, Reading]>> = {
  ChangeResourceRecordSets: ['route53', records],
  CompleteLifecycleAction: ['autoscaling', group],
  CreateLaunchTemplateVersion: ['ec2', template],
  CreateTags: ['ec2', tagging],
  DeleteSnapshot: ['ec2', ({ SnapshotId: id }) => [imagePart('snapshot', text(id))]],
  DeleteLaunchTemplateVersions: ['ec2', template],
  DeregisterImage: ['ec2', ({ ImageId: id }) => [imagePart('image', text(id))]],
  DescribeAutoScalingGroups: ['autoscaling', anything],
  DescribeAutoScalingInstances: ['autoscaling', anything],
  DescribeExecution: ['states', ({ executionArn }) => [execution(text(executionArn))]],
  DescribeImageReferences: ['ec2', anything],
  DescribeImages: ['ec2', anything],
  DescribeInstanceInformation: ['ssm', anything],
  DescribeInstances: ['ec2', anything],
  DescribeLaunchTemplateVersions: ['ec2', anything],
  DescribeScalingActivities: ['autoscaling', anything],
  DescribeTargetHealth: ['elasticloadbalancing', anything],
  EnterStandby: ['autoscaling', group],
  ExitStandby: ['autoscaling', group],
  GetChange: ['route53', ({ Id }) => [change(text(Id))]],
  GetCommandInvocation: ['ssm', anything],
  GetItem: ['dynamodb', ledger],
  GetObject: ['s3', ({ Key }) => [{ resource: `<ArtifactsBucket>/${text(Key)}`, context: {} }]],
  GetParameter: ['ssm', parameter],
  GetParametersByPath: ['ssm', parameter],
  ListCommandInvocations: ['ssm', anything],
  ListExecutions: ['states', ({ stateMachineArn }) => [execution(text(stateMachineArn))]],
  ListResourceRecordSets: ['route53', records],
  PutItem: ['dynamodb', ledger],
  PutParameter: ['ssm', parameter],
  RecordLifecycleActionHeartbeat: ['autoscaling', group],
  ResumeProcesses: ['autoscaling', group],
  SendCommand: ['ssm', command],
  SetInstanceProtection: ['autoscaling', group],
  SuspendProcesses: ['autoscaling', group],
  TerminateInstanceInAutoScalingGroup: ['autoscaling', group],
  UpdateAutoScalingGroup: ['autoscaling', group],
};

/** The sandbox calls its state machines by their bare names; a deployment puts the fleet's before. */
const execution = (arn: string) => ({
  resource: arn.replace(/:(rebuild-(?:fleet|proxy))/, ':smart-proxy-europe-$1'),
  context: {},
});

const change = (id: string) => ({
  resource: `arn:aws:route53:::change/${id.replace(/^\/change\//, '')}`,
  context: {},
});

/** What IAM is asked when a command is sent. */
export const accessesOf = ({ command: name, input }: Call): readonly Access[] => {
  const known = readings[name];
  if (known === undefined) throw new Error(`Say in ${import.meta.url} what ${name} is to IAM`);
  const [service, read] = known;
  return read(input).map((access) => ({ action: `${service}:${name}`, ...access }));
};
