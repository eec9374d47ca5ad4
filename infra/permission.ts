import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { suppressNag } from './nag-suppression.ts';

/** What a role may do. A wildcard resource needs a reason, which also suppresses the finding of cdk-nag. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly wildcard?: string;
}

/** The reason for list and describe calls. */
export const knowsNoResource =
  'These actions do not support resource-level permissions; IAM requires *.';

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
  const shown = flattenCfnReference(Stack.of(role).resolve(resource));
  if (!shown.includes('*')) return;
  if (reason === undefined)
    throw new Error(`${role.node.path}: a reason is required because ${shown} has a wildcard`);
  suppressNag(role, { [`AwsSolutions-IAM5[Resource::${shown}]`]: reason });
};
