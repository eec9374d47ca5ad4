import type { Access, Command } from './access.ts';
import {
  type Dependent,
  decrypting,
  dependentActions,
  findingImage,
  findingReferences,
  launching,
} from './dependent-accesses.ts';
import type { Estate } from './estate.ts';
import {
  anything,
  change,
  command,
  grant,
  group,
  type Input,
  image,
  ledger,
  machine,
  packageList,
  parameter,
  parameters,
  type Reading,
  records,
  snapshot,
  tagging,
  template,
} from './own-accesses.ts';

/** The actions of a service in AWS's service authorization reference, dependent ones included. */
const reference = (name: string): string =>
  `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${name}.html`;

const references = {
  autoscaling: reference('amazonec2autoscaling'),
  dynamodb: reference('amazondynamodb'),
  ec2: reference('amazonec2'),
  elasticloadbalancing: reference('awselasticloadbalancingv2'),
  kms: reference('awskeymanagementservice'),
  route53: reference('amazonroute53'),
  s3: reference('amazons3'),
  ssm: reference('awssystemsmanager'),
  states: reference('awsstepfunctions'),
} as const;

type Service = keyof typeof references;

/** What a command is to IAM, and what AWS then does in the caller's name, by which of its pages. */
interface Meaning {
  readonly service: Service;
  readonly own: Reading;
  readonly dependent: Dependent;
  readonly page: string;
}

/** A command for which AWS asks for nothing else, by the reference of its service. */
const alone = (service: Service, own: Reading): Meaning => ({
  service,
  own,
  dependent: () => [],
  page: references[service],
});

const together = (service: Service, own: Reading, dependent: Dependent, page: string): Meaning => ({
  service,
  own,
  dependent,
  page,
});

const meanings: Readonly<Record<string, Meaning>> = {
  ChangeResourceRecordSets: alone('route53', records),
  CompleteLifecycleAction: alone('autoscaling', group),
  CreateGrant: alone('kms', grant),
  // Of a template whose image is a parameter, `ssm:GetParameters` is for `ResolveAlias` alone.
  CreateLaunchTemplateVersion: alone('ec2', template),
  CreateTags: alone('ec2', tagging),
  DeleteLaunchTemplateVersions: alone('ec2', template),
  DeleteParameter: alone('ssm', parameter),
  DeleteSnapshot: alone('ec2', snapshot),
  DeleteItem: alone('dynamodb', ledger),
  // A snapshot that EC2 may not delete with it does not make it refuse: see `deletingSnapshot`.
  DeregisterImage: alone('ec2', image),
  DescribeAutoScalingGroups: alone('autoscaling', anything),
  DescribeAutoScalingInstances: alone('autoscaling', anything),
  DescribeExecution: alone('states', machine),
  DescribeImageReferences: together(
    'ec2',
    anything,
    findingReferences,
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-ami-references.html',
  ),
  DescribeImages: alone('ec2', anything),
  DescribeInstanceInformation: alone('ssm', anything),
  DescribeInstances: alone('ec2', anything),
  DescribeLaunchTemplateVersions: alone('ec2', anything),
  DescribeScalingActivities: alone('autoscaling', anything),
  DescribeSnapshots: alone('ec2', anything),
  DescribeTargetHealth: alone('elasticloadbalancing', anything),
  EnterStandby: alone('autoscaling', group),
  ExitStandby: alone('autoscaling', group),
  GetChange: alone('route53', change),
  GetCommandInvocation: alone('ssm', anything),
  GetItem: alone('dynamodb', ledger),
  GetObject: alone('s3', packageList),
  GetParameter: together(
    'ssm',
    parameter,
    decrypting,
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html',
  ),
  GetParameters: together(
    'ssm',
    parameters,
    decrypting,
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html',
  ),
  GetParametersByPath: alone('ssm', parameter),
  ListCommandInvocations: alone('ssm', anything),
  ListExecutions: alone('states', machine),
  ListResourceRecordSets: alone('route53', records),
  PutItem: alone('dynamodb', ledger),
  PutParameter: together(
    'ssm',
    parameter,
    findingImage,
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html',
  ),
  RecordLifecycleActionHeartbeat: alone('autoscaling', group),
  ResumeProcesses: alone('autoscaling', group),
  RevokeGrant: alone('kms', grant),
  StartExecution: alone('states', machine),
  SendCommand: alone('ssm', command),
  SetInstanceProtection: alone('autoscaling', group),
  SuspendProcesses: alone('autoscaling', group),
  TerminateInstanceInAutoScalingGroup: alone('autoscaling', group),
  UpdateAutoScalingGroup: together(
    'autoscaling',
    group,
    launching,
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html',
  ),
};

const meaningOf = (operation: string): Meaning => {
  const meaning = meanings[operation];
  if (meaning !== undefined) return meaning;
  throw new Error(
    `Say in ${import.meta.url} what ${operation} is to IAM, and what AWS does for it`,
  );
};

/** Operations of which it is known what they are to IAM. */
export const knownOperations: readonly string[] = Object.keys(meanings);

/** Every action that IAM is asked for in this world. */
export const askedActions: readonly string[] = [
  ...Object.entries(meanings).map(([operation, { service }]) => `${service}:${operation}`),
  ...dependentActions,
];

/** What IAM is asked about a call itself. */
export const accessesOf = ({ operation, input }: Command, estate: Estate): readonly Access[] => {
  const { service, own } = meaningOf(operation);
  const action = `${service}:${operation}`;
  return own(input as Input, estate).map(({ resource, context }) => ({
    action,
    resource,
    context,
  }));
};

/** What IAM is asked besides, about what AWS does for a call in the caller's name. */
export const dependentAccessesOf = (
  { operation, input }: Command,
  estate: Estate,
): readonly Access[] => meaningOf(operation).dependent(input as Input, estate);

/** Where AWS says what it is asked because of a call. */
export const pageOf = (operation: string): string => meaningOf(operation).page;
