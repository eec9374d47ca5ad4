import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Permission } from '../deployment/permissions/permission.ts';
import { suppressNag } from './nag-suppression.ts';
import { nameInFinding } from './name-in-finding.ts';

export const allow = (role: Role, ...permissions: readonly Permission[]): void => {
  for (const { actions, resources, conditions, wildcard } of permissions) {
    role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions && { conditions }),
      }),
    );
    for (const resource of resources) explain(role, resource, wildcard);
  }
};

const explain = (role: Role, resource: string, reason: string | undefined): void => {
  const shown = nameInFinding(Stack.of(role).resolve(resource));
  if (!shown.includes('*')) return;
  if (reason === undefined)
    throw new Error(`${role.node.path}: a reason is required because ${shown} has a wildcard`);
  suppressNag(role, { [`AwsSolutions-IAM5[Resource::${shown}]`]: reason });
};
