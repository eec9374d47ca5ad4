import { beforeAll, expect, test } from '@jest/globals';
import {
  exampleSettings,
  exhaustiveSettings,
  idsOf,
  type Statement,
  statementsOf,
  statementsOfRole,
  synthesize,
  type Template,
  templatesOf,
} from './example.ts';
import { actionsOf, resourcesIn } from './iam.ts';
import { type ActionReference, knowsKey, referencesTo } from './service-reference.ts';

/** The policies of every role, compared with AWS's own reference of the actions in them. */
const everyTemplate = [exampleSettings(), exhaustiveSettings()];
let templates: readonly Template[] = [];
const references = new Map<string, readonly ActionReference[]>();

const statementsOfAll = () => templates.flatMap(statementsOf);

beforeAll(async () => {
  synthesize(...everyTemplate);
  templates = everyTemplate.flatMap((settings) => Object.values(templatesOf(settings)));
  for (const action of new Set(statementsOfAll().flatMap(actionsOf)))
    references.set(action, await referencesTo(action));
}, 120_000);

const place = 'eu-central-1:123456789012';

/** ARNs of what the templates make. */
const arnOfType: Readonly<Record<string, string>> = {
  'AWS::CodeBuild::Project': `arn:aws:codebuild:${place}:project/any`,
  'AWS::DynamoDB::GlobalTable': `arn:aws:dynamodb:${place}:table/any`,
  'AWS::IAM::Role': 'arn:aws:iam::123456789012:role/any',
  'AWS::KMS::Key': `arn:aws:kms:${place}:key/any`,
  'AWS::Lambda::Function': `arn:aws:lambda:${place}:function:any`,
  'AWS::S3::Bucket': 'arn:aws:s3:::any',
  'AWS::SQS::Queue': `arn:aws:sqs:${place}:any`,
  'AWS::StepFunctions::StateMachine': `arn:aws:states:${place}:stateMachine:any`,
};

/** An ARN of a policy; a reference in its place, by the type of what it refers to. */
const shapeOf = (resource: string): string =>
  resource.replace(/^<([^>]+)>/, (_, reference: string) => {
    const types = templates.flatMap(({ Resources }) =>
      Object.entries(Resources).flatMap(([id, { Type }]) => (reference.includes(id) ? [Type] : [])),
    );
    return types.flatMap((type) => arnOfType[type] ?? []).at(0) ?? reference;
  });

const knownTo = (statement: Statement): readonly ActionReference[] =>
  actionsOf(statement).flatMap((action) => references.get(action) ?? []);

/** Resource types that a resource of a policy can be of; all of them, for any resource. */
const typesFor = ({ resourceTypes }: ActionReference, resource: string) =>
  resourceTypes.filter(({ isOf }) => resource === '*' || isOf(resource));

const takes = (known: ActionReference, resource: string): boolean =>
  known.resourceTypes.length === 0 ? resource === '*' : typesFor(known, resource).length > 0;

const keysOf = ({ Condition = {} }: Statement): readonly string[] =>
  Object.values(Condition).flatMap((keys) => Object.keys(keys));

test('every action of a policy is one of AWS', () => {
  const unknown = [...references].filter(([, known]) => known.length === 0);

  expect(unknown.map(([action]) => action)).toEqual([]);
});

test('every action is allowed on some resource that it can take', () => {
  const vain = statementsOfAll().flatMap((statement) => {
    const resources = resourcesIn(statement).map(shapeOf);
    return knownTo(statement)
      .filter((known) => !resources.some((resource) => takes(known, resource)))
      .map(({ action }) => `${action} on ${resources.join(', ')}`);
  });

  expect([...new Set(vain)]).toEqual([]);
});

test('every resource of a policy is one that an action beside it takes', () => {
  const vain = statementsOfAll().flatMap((statement) =>
    resourcesIn(statement)
      .map(shapeOf)
      .filter((resource) => !knownTo(statement).some((known) => takes(known, resource))),
  );

  expect([...new Set(vain)]).toEqual([]);
});

/** A key that AWS does not set is never equal to anything: what it shall bind is refused. */
test('every condition is on a key that AWS sets for the action and the resource', () => {
  const vain = statementsOfAll().flatMap((statement) =>
    knownTo(statement).flatMap((known) =>
      resourcesIn(statement)
        .map(shapeOf)
        .filter((resource) => takes(known, resource))
        .flatMap((resource) => {
          const types = typesFor(known, resource);
          const keys = [...known.conditionKeys, ...types.flatMap((type) => type.conditionKeys)];
          return keysOf(statement)
            .filter((key) => !knowsKey(keys, key))
            .map((key) => `${key} for ${known.action} on ${resource}`);
        }),
    ),
  );

  expect([...new Set(vain)]).toEqual([]);
});

/** Actions that AWS asks for in some uses of another one, but not in ours. */
const unneeded: Readonly<Record<string, string>> = {
  'ec2:CreateNetworkInterface ec2:CreateTags': 'Lambda gives the interfaces of functions no tags',
  'ec2:RunInstances ssm:GetParameters': 'Packer launches from the id of an image',
};

test('every role is allowed what its actions depend on', () => {
  const missing = templates.flatMap((template) =>
    idsOf(template, 'AWS::IAM::Role').flatMap((role) => {
      const statements = statementsOfRole(template, role);
      const allowed = statements.flatMap(knownTo).map(({ action }) => action);
      return statements
        .flatMap(knownTo)
        .flatMap(({ action, dependentActions }) =>
          dependentActions
            .filter((dependent) => !allowed.includes(dependent))
            .map((dependent) => `${action} ${dependent}`),
        );
    }),
  );

  expect([...new Set(missing)].sort()).toEqual(Object.keys(unneeded));
});
