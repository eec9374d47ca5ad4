import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Findings of cdk-nag that are as they should be, at the place that they are about, each with its reason. */
export const suppressNag = (
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void => {
  const acknowledged = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...acknowledged);
};
