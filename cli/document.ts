import { adviceFor } from '../functions/domain/advice.ts';
import type { ReadableFailure } from '../functions/domain/failure-cause.ts';

/** Parts shared by the documents of several commands, and links to the AWS console and Katello. */

/** An execution, as shown in every document. */
export interface ExecutionReference {
  readonly name: string;
  readonly arn: string;
  readonly link: string;
}

export interface AdvisedFailure extends ReadableFailure {
  readonly advice: string;
}

/** Each partition has its own console domain. */
const domains: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

const placeOf = (arn: string): { readonly console: string; readonly region: string } => {
  const [, partition = 'aws', , region = ''] = arn.split(':');
  return {
    console: `https://${region}.${domains[partition] ?? 'console.aws.amazon.com'}`,
    region,
  };
};

export const regionOf = (arn: string): string => placeOf(arn).region;

export const executionLink = (executionArn: string): string => {
  const { console, region } = placeOf(executionArn);
  return `${console}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
};

/** The partition and region are those of `stateMachineArn`. */
export const groupLink = (stateMachineArn: string, group: string): string => {
  const { console, region } = placeOf(stateMachineArn);
  return `${console}/ec2/home?region=${region}#AutoScalingGroupDetails:id=${group};view=instanceManagement`;
};

/** A task in Katello's web interface. */
export const taskLink = (katelloUrl: string, taskId: string): string =>
  new URL(`/foreman_tasks/tasks/${taskId}`, katelloUrl).href;

export const referenceTo = ({
  name,
  arn,
}: Omit<ExecutionReference, 'link'>): ExecutionReference => ({
  name,
  arn,
  link: executionLink(arn),
});

/** An interruption is not a failure of its own: the rollback has its own execution. */
const cutOff: readonly string[] = ['Stopped', 'TimedOut'];
const cutOffAdvice = 'A rollback starts automatically; check it with "status".';

export const addAdvice = (failure: ReadableFailure | null): AdvisedFailure | null =>
  failure && {
    ...failure,
    advice: cutOff.includes(failure.name) ? cutOffAdvice : adviceFor(failure.name),
  };
