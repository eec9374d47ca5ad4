import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Suppresses findings of cdk-nag on a construct, each with a reason. */
export const suppressNag = (
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void => {
  const acknowledged = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...acknowledged);
};
