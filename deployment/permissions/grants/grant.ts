import { tagNames } from '../../../functions/domain/resource-names.ts';
import { parameterArn, publicParameterArn } from '../arns.ts';
import type { GrantContext } from '../grant-context.ts';
import { knowsNoResource, type Permission } from '../permission.ts';

/** The permissions behind one way of touching the world. */
export type Grant = (context: GrantContext) => readonly Permission[];

export const onTagged =
  'Named by the fleet, and bound to it by its tag, because its id is not known yet.';

export const reading =
  (...actions: readonly string[]): Grant =>
  () => [{ actions, resources: ['*'], wildcard: knowsNoResource }];

export const both =
  (...grants: readonly Grant[]): Grant =>
  (context) =>
    grants.flatMap((grant) => grant(context));

/** Only what carries the tag of this fleet. */
export const tagged = ({ fleet }: GrantContext) => ({
  StringEquals: { [`aws:ResourceTag/${tagNames.fleet}`]: fleet.fleet },
});

/** Tags of these names and no other, on what carries the fleet's tag already. */
export const tagging =
  (arnOf: (context: GrantContext) => string, ...names: readonly string[]): Grant =>
  (context) => [
    {
      actions: ['ec2:CreateTags'],
      resources: [arnOf(context)],
      conditions: { ...tagged(context), 'ForAllValues:StringEquals': { 'aws:TagKeys': names } },
      wildcard: onTagged,
    },
  ];

export const parameters =
  (namesOf: (context: GrantContext) => readonly string[], action = 'GetParameter'): Grant =>
  (context) => [
    {
      actions: [`ssm:${action}`],
      resources: namesOf(context).map((name) => anyParameterArn(context, name)),
      wildcard: 'One parameter for each proxy of the fleet.',
    },
  ];

const anyParameterArn = ({ place }: GrantContext, name: string): string =>
  (name.startsWith('/aws/') ? publicParameterArn : parameterArn)(place, name);
