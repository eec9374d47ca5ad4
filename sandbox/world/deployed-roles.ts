import { bucketArn, projectArn, tableArn } from '../../deployment/permissions/arns.ts';
import {
  permissionsOfHealthMetrics,
  permissionsOfStep,
} from '../../deployment/permissions/functions.ts';
import type { GrantContext } from '../../deployment/permissions/grant-context.ts';
import {
  type MachineContext,
  permissionsOfMachine,
} from '../../deployment/permissions/machines.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { machineNames } from '../../functions/domain/resource-names.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import type { Iam } from '../aws/iam/iam.ts';
import { functionArn } from '../engine/definitions.ts';
import {
  artifactsBucket,
  bakeProject,
  bootReportDocument,
  contentReportDocument,
  ledgerTable,
  place,
  secretsKey,
} from './deployed-fleet.ts';

/** What the controller of the fleet works on in this world. */
export const deployedContext = (fleet: Fleet): GrantContext & MachineContext => ({
  place,
  fleet,
  secretsKey,
  ledger: tableArn(place, ledgerTable),
  bootReportDocument,
  contentReportDocument,
  artifactsBucket: bucketArn(place, artifactsBucket),
  bakeProject: projectArn(place, bakeProject),
  functionArn: (step) => functionArn(place, step),
});

/** The roles that a deployment makes, by the names of their functions and state machines. */
export const addDeployedRoles = (iam: Iam, fleet: Fleet): void => {
  const context = deployedContext(fleet);
  for (const step of Object.keys(steps) as StepName[])
    iam.addRole(step, permissionsOfStep(step, context));
  for (const machine of machineNames) iam.addRole(machine, permissionsOfMachine[machine](context));
  iam.addRole('healthMetrics', permissionsOfHealthMetrics(context));
};
