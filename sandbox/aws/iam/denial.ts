import type { AwsService } from '../../faults/sites.ts';
import { AwsError } from '../aws-error.ts';
import type { Access } from './access.ts';

/** A call that a role may not make, and the access that was denied. */
export interface Denial {
  readonly role: string;
  readonly access: Access;
  /** By a service control policy, whatever the role may do. */
  readonly isExplicit: boolean;
}

/** The services that functions call, and those that a state machine calls itself. */
export type Refusing = AwsService | 'lambda' | 'codebuild';

interface Code {
  readonly code: string;
  readonly status: number;
}

/** How each service refuses; test/service-models/unmodeled-errors.ts has the sources. */
const codes: Readonly<Record<Refusing, Code>> = {
  autoscaling: { code: 'AccessDenied', status: 403 },
  ec2: { code: 'UnauthorizedOperation', status: 403 },
  elasticloadbalancing: { code: 'AccessDenied', status: 403 },
  ssm: { code: 'AccessDeniedException', status: 400 },
  route53: { code: 'AccessDenied', status: 403 },
  states: { code: 'AccessDeniedException', status: 400 },
  s3: { code: 'AccessDenied', status: 403 },
  dynamodb: { code: 'AccessDeniedException', status: 400 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  codebuild: { code: 'AccessDeniedException', status: 400 },
};

/** "Troubleshoot access denied error messages" of the IAM user guide has both endings. */
const reasonOf = ({ access: { action }, isExplicit }: Denial): string =>
  isExplicit
    ? 'with an explicit deny in a service control policy'
    : `because no identity-based policy allows the ${action} action`;

const sentence = (denial: Denial, account: string): string => {
  const { role, access } = denial;
  return (
    `User: arn:aws:sts::${account}:assumed-role/${role}/${role} is not authorized to perform: ` +
    `${access.action} on resource: ${access.resource} ${reasonOf(denial)}`
  );
};

const encoded = 'Encoded authorization failure message: 4-bfTgVjMcGJ2AUF';

/** The error of the service that was called; only EC2 writes something around the sentence. */
export const denied = (service: Refusing, denial: Denial, account: string): AwsError => {
  const { code, status } = codes[service];
  const text = sentence(denial, account);
  const message =
    service === 'ec2'
      ? `You are not authorized to perform this operation. ${text}. ${encoded}`
      : text;
  return new AwsError(code, message, { status });
};

/**
 * Auto Scaling does not pass on what it was denied when it tried a launch out: an "Error: error creating AutoScaling
 * Group: AccessDenied" with this text and status 403 in terraform-aws-modules/terraform-aws-eks pull request 822.
 */
export const templateDenied = (templateId: string): AwsError =>
  new AwsError('AccessDenied', `You are not authorized to use launch template: ${templateId}`, {
    status: codes.autoscaling.status,
  });
