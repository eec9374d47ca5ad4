import {
  bucketArn,
  documentArn,
  ec2Arn,
  ec2SharedArn,
  groupArn,
  parameterArn,
  publicParameterArn,
  route53Arn,
  tableArn,
} from '../../../deployment/permissions/arns.ts';
import type { Access } from './access.ts';
import { type Estate, groupOf, tagged } from './estate.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What IAM is asked about a call itself, from its input and what that names. */
export type Reading = (input: Input, estate: Estate) => readonly Omit<Access, 'action'>[];

const text = (value: unknown): string => String(value ?? '');
const everything = [{ resource: '*', context: {} }] as const;
export const anything: Reading = () => everything;

/** Some calls name an instance only. Of what no group has, there are no tags. */
export const group: Reading = ({ AutoScalingGroupName: name, InstanceId: id }, estate) => {
  const found = groupOf(estate, name as string | undefined, text(id));
  const known = text(name ?? found?.settings.name ?? 'unknown');
  return [
    { resource: groupArn(estate.place, known, '0a1b'), context: tagged(found?.settings.tags) },
  ];
};

export const parameters: Reading = ({ Names }, estate) =>
  (Names as readonly string[]).flatMap((Name) => parameter({ Name }, estate));

export const parameter: Reading = ({ Name, Path }, { place }) => {
  const name = text(Name ?? Path);
  const arnOf = name.startsWith('/aws/') ? publicParameterArn : parameterArn;
  return [{ resource: arnOf(place, name), context: {} }];
};

export const ledger: Reading = ({ TableName, Key, Item }, { place }) => {
  const { id } = (Key ?? Item) as { readonly id: { readonly S: string } };
  return [
    { resource: tableArn(place, text(TableName)), context: { 'dynamodb:LeadingKeys': [id.S] } },
  ];
};

export const template: Reading = ({ LaunchTemplateId }, { place, templates }) => {
  const id = text(LaunchTemplateId);
  return [{ resource: ec2Arn(place, 'launch-template', id), context: tagged(templates.tags(id)) }];
};

interface Change {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Name: string; readonly Type: string };
}

export const records: Reading = ({ HostedZoneId, ChangeBatch }, { place }) => {
  const { Changes = [] } = (ChangeBatch ?? {}) as { readonly Changes?: readonly Change[] };
  const key = (name: string): string => `route53:ChangeResourceRecordSets${name}`;
  return [
    {
      resource: route53Arn(place, 'hostedzone', text(HostedZoneId)),
      context: {
        [key('NormalizedRecordNames')]: Changes.map(({ ResourceRecordSet: { Name } }) => Name),
        [key('RecordTypes')]: Changes.map(({ ResourceRecordSet: { Type } }) => Type),
        [key('Actions')]: Changes.map(({ Action }) => Action),
      },
    },
  ];
};

export const change: Reading = ({ Id }, { place }) => [
  { resource: route53Arn(place, 'change', text(Id).replace(/^\/change\//, '')), context: {} },
];

interface Tagging {
  readonly Resources: readonly string[];
  readonly Tags: readonly { readonly Key: string }[];
}

export const tagging: Reading = (input, { place, images, instances }) => {
  const { Resources, Tags } = input as unknown as Tagging;
  const keys = { 'aws:TagKeys': Tags.map(({ Key }) => Key) };
  return Resources.map((id) =>
    id.startsWith('ami-')
      ? {
          resource: ec2SharedArn(place, 'image', id),
          context: { ...tagged(images.get(id)?.tags), ...keys },
        }
      : {
          resource: ec2Arn(place, 'instance', id),
          context: { ...tagged(instances.get(id)?.tags), ...keys },
        },
  );
};

export const command: Reading = ({ DocumentName, InstanceIds }, { place, instances }) => [
  { resource: documentArn(place, text(DocumentName)), context: {} },
  ...(InstanceIds as readonly string[]).map((id) => ({
    resource: ec2Arn(place, 'instance', id),
    context: tagged(instances.get(id)?.tags, 'ssm:resourceTag'),
  })),
];

export const image: Reading = ({ ImageId }, { place, images }) => [
  {
    resource: ec2SharedArn(place, 'image', text(ImageId)),
    context: tagged(images.get(text(ImageId))?.tags),
  },
];

export const snapshot: Reading = ({ SnapshotId }, { place, images }) => [
  {
    resource: ec2SharedArn(place, 'snapshot', text(SnapshotId)),
    context: tagged(images.snapshotTags(text(SnapshotId))),
  },
];

export const packageList: Reading = ({ Bucket, Key }, { place }) => [
  { resource: `${bucketArn(place, text(Bucket))}/${text(Key)}`, context: {} },
];

export const machine: Reading = ({ executionArn, stateMachineArn }) => [
  { resource: text(executionArn ?? stateMachineArn), context: {} },
];

/** A grant can be given to one principal and for some operations only. */
export const grant: Reading = ({ KeyId, GranteePrincipal, Operations }) => [
  {
    resource: text(KeyId),
    context: {
      'kms:GranteePrincipal': text(GranteePrincipal),
      'kms:GrantOperations': (Operations ?? []) as readonly string[],
    },
  },
];
