import { tagNames } from '../../../functions/domain/resource-names.ts';
import { parameterArn, publicParameterArn } from '../../arns.ts';
import { knowsNoResource, type Permission } from '../../permission.ts';
import type { Estate } from '../estate.ts';

/** The permissions behind one way of touching the world. */
export type Grant = (estate: Estate) => readonly Permission[];

export const onTagged =
  'Named by the fleet, and bound to it by its tag, because its id is not known yet.';

export const reading =
  (...actions: readonly string[]): Grant =>
  () => [{ actions, resources: ['*'], wildcard: knowsNoResource }];

export const both =
  (...grants: readonly Grant[]): Grant =>
  (estate) =>
    grants.flatMap((grant) => grant(estate));

/** Only what carries the tag of this fleet. */
export const tagged = ({ settings }: Estate) => ({
  StringEquals: { [`aws:ResourceTag/${tagNames.fleet}`]: settings.fleet.fleet },
});

/** Tags of these names and no other, on what carries the fleet's tag already. */
export const tagging =
  (arnOf: (estate: Estate) => string, ...names: readonly string[]): Grant =>
  (estate) => [
    {
      actions: ['ec2:CreateTags'],
      resources: [arnOf(estate)],
      conditions: { ...tagged(estate), 'ForAllValues:StringEquals': { 'aws:TagKeys': names } },
      wildcard: onTagged,
    },
  ];

export const parameters =
  (namesOf: (estate: Estate) => readonly string[], action = 'GetParameter'): Grant =>
  (estate) => [
    {
      actions: [`ssm:${action}`],
      resources: namesOf(estate).map((name) => anyParameterArn(estate, name)),
      wildcard: 'One parameter for each proxy of the fleet.',
    },
  ];

const anyParameterArn = ({ stack }: Estate, name: string): string =>
  (name.startsWith('/aws/') ? publicParameterArn : parameterArn)(stack, name);
