import { machineName } from '../../deployment/names.ts';
import { type Place, stateMachineArn } from '../../deployment/permissions/arns.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';

export const machineArn = (place: Place, fleet: string, name: MachineName): string =>
  stateMachineArn(place, machineName(fleet, name));

export const functionArn = ({ partition, region, account }: Place, name: string): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

/** What a deployment fills into the state machines; CDK fills the same names. */
export const substitutions = (
  place: Place,
  fleet: string,
  ledgerTable: string,
): Readonly<Record<string, string>> => ({
  partition: place.partition,
  ledgerTable,
  bakeProject: 'smart-proxy-bake',
  rebuildProxyMachine: machineArn(place, fleet, 'rebuild-proxy'),
  ...Object.fromEntries(Object.keys(steps).map((name) => [name, functionArn(place, name)])),
});

/** The step that a Lambda's ARN stands for. */
export const stepOf = (resource: string): StepName | null => {
  const name = /:lambda:.*:function:(\w+)$/.exec(resource)?.[1];
  return name !== undefined && Object.hasOwn(steps, name) ? (name as StepName) : null;
};
