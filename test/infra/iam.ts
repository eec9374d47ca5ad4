import type { Statement as Allowance } from '../../sandbox/aws/iam/policy.ts';
import { artifactsBucket, bakeProject, ledgerTable } from '../../sandbox/world/deployed-fleet.ts';
import type { Statement } from './example.ts';

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Pseudo parameters and references, as they would be where the sandbox's AWS is. */
const values: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

type Intrinsic = Readonly<Record<string, unknown>>;

/** An ARN of a template as text; what only a deployment knows stands as `<logical id>`. */
export const arnText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { Ref, ...other } = value as Intrinsic;
  if (typeof Ref === 'string') return values[Ref] ?? `<${Ref}>`;
  const [attribute, join, imported, substituted] = [
    'Fn::GetAtt',
    'Fn::Join',
    'Fn::ImportValue',
    'Fn::Sub',
  ].map((name) => other[name]);
  if (typeof substituted === 'string')
    return substituted.replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => arnText({ Ref: name }));
  if (Array.isArray(attribute)) return `<${String(attribute[0])}>`;
  if (typeof imported === 'string') return `<${imported}>`;
  const [separator, parts] = join as [string, readonly unknown[]];
  return parts.map(arnText).join(separator);
};

export const actionsOf = ({ Action }: Statement): readonly string[] => listOf(Action);

export const resourcesIn = ({ Resource }: Statement): readonly string[] =>
  listOf(Resource).map(arnText);

const place = 'eu-central-1:123456789012';

/** What a deployment makes and templates refer to, by the names that the sandbox has for it. */
const resolved = (arn: string): string =>
  arn
    .replace(/^<LedgerTable\w*>$/, `arn:aws:dynamodb:${place}:table/${ledgerTable}`)
    .replace(/^<.*ArtifactsBucket\w*>/, `arn:aws:s3:::${artifactsBucket}`)
    .replace(/^<BakeProject\w*>$/, `arn:aws:codebuild:${place}:project/${bakeProject}`)
    .replace(/document\/<.*ContentReport.*>$/, 'document/smart-proxy-content-report')
    .replace(/document\/<.*BootReport.*>$/, 'document/smart-proxy-boot-report');

const conditionsOf = ({ Condition = {} }: Statement): NonNullable<Allowance['conditions']> =>
  Object.fromEntries(
    Object.entries(Condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, wanted]) => [key, listOf(wanted).map(arnText)]),
      ),
    ]),
  );

/** A statement of a template as IAM would have it once it is deployed. */
export const allowanceOf = (statement: Statement): Allowance => {
  if (statement.Effect !== 'Allow') throw new Error(`No policy of ours has a ${statement.Effect}`);
  return {
    actions: actionsOf(statement),
    resources: resourcesIn(statement).map(resolved),
    ...(statement.Condition && { conditions: conditionsOf(statement) }),
  };
};
