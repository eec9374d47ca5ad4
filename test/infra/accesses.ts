import { resourceNames, tagNames } from '../../functions/domain/resource-names.ts';
import type { Call } from './calls.ts';
import type { Access } from './iam.ts';

const fleet = 'europe';
const place = 'eu-central-1:123456789012';
const ofFleet = { [`aws:ResourceTag/${tagNames.fleet}`]: fleet };

type Input = Call['input'];
/** What IAM is asked about a call itself, from its input. */
export type Reading = (input: Input) => readonly Omit<Access, 'action'>[];

const text = (value: unknown): string => String(value);
export const anything: Reading = () => [{ resource: '*', context: {} }];

const ec2 = (resource: string, context: Access['context'] = ofFleet) => ({
  resource: `arn:aws:ec2:${place}:${resource}`,
  context,
});

export const group: Reading = ({ AutoScalingGroupName: name }) => [
  {
    // Some calls name an instance only; it is in a group of the fleet.
    resource: `arn:aws:autoscaling:${place}:autoScalingGroup:0a1b:autoScalingGroupName/${text(name ?? resourceNames.group(fleet, 'eu-north'))}`,
    context: ofFleet,
  },
];

export const parameters: Reading = ({ Names }) =>
  (Names as readonly string[]).flatMap((Name) => parameter({ Name }));

export const parameter: Reading = ({ Name, Path }) => [
  { resource: `arn:aws:ssm:${place}:parameter${text(Name ?? Path)}`, context: {} },
];

export const ledger: Reading = ({ Key, Item }) => {
  const { id } = (Key ?? Item) as { readonly id: { readonly S: string } };
  return [{ resource: '<LedgerTable>', context: { 'dynamodb:LeadingKeys': [id.S] } }];
};

export const template: Reading = () => [ec2('launch-template/lt-0a1b')];

interface Change {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Name: string; readonly Type: string };
}

export const records: Reading = ({ HostedZoneId, ChangeBatch }) => {
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

export const tagging: Reading = (input) => {
  const { Resources, Tags } = input as unknown as Tagging;
  const context = { ...ofFleet, 'aws:TagKeys': Tags.map(({ Key }) => Key) };
  return Resources.map((id) =>
    id.startsWith('ami-')
      ? { resource: `arn:aws:ec2:eu-central-1::image/${id}`, context }
      : ec2(`instance/${id}`, context),
  );
};

export const command: Reading = ({ DocumentName, InstanceIds }) => [
  { resource: `arn:aws:ssm:${place}:document/${text(DocumentName)}`, context: {} },
  ...(InstanceIds as readonly string[]).map((id) =>
    ec2(`instance/${id}`, { [`ssm:resourceTag/${tagNames.fleet}`]: fleet }),
  ),
];

/** Images and snapshots are of no account. */
const imagePart = (kind: 'image' | 'snapshot', id: unknown) => ({
  resource: `arn:aws:ec2:eu-central-1::${kind}/${text(id)}`,
  context: ofFleet,
});

export const image: Reading = ({ ImageId }) => [imagePart('image', ImageId)];
export const snapshot: Reading = ({ SnapshotId }) => [imagePart('snapshot', SnapshotId)];

export const packageList: Reading = ({ Key }) => [
  { resource: `<ArtifactsBucket>/${text(Key)}`, context: {} },
];

/** The sandbox calls its state machines by their bare names; a deployment puts the fleet's before. */
export const machine: Reading = ({ executionArn, stateMachineArn }) => [
  {
    resource: text(executionArn ?? stateMachineArn).replace(
      /:(rebuild-(?:fleet|proxy))/,
      ':smart-proxy-europe-$1',
    ),
    context: {},
  },
];

export const change: Reading = ({ Id }) => [
  { resource: `arn:aws:route53:::change/${text(Id).replace(/^\/change\//, '')}`, context: {} },
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
