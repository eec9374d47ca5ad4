import { adviceFor } from '../functions/domain/advice.ts';
import type { ReadableFailure } from '../functions/domain/failure-cause.ts';

/** What the documents of several commands have in common, and addresses in the AWS console and in Katello. */

/** An execution as every document names it. */
export interface ExecutionReference {
  readonly name: string;
  readonly arn: string;
  readonly link: string;
}

export interface AdvisedFailure extends ReadableFailure {
  readonly advice: string;
}

/** Each partition has a console of its own. */
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

/** `stateMachineArn` says where the group is. */
export const groupLink = (stateMachineArn: string, group: string): string => {
  const { console, region } = placeOf(stateMachineArn);
  return `${console}/ec2/home?region=${region}#AutoScalingGroupDetails:id=${group};view=instanceManagement`;
};

/** A task in the web interface of Katello. */
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

/** Nothing failed: what an execution leaves behind when it is cut off is put back by another. */
const cutOff: readonly string[] = ['Stopped', 'TimedOut'];
const cutOffAdvice = 'A rollback puts everything back; "status" says whether it has.';

export const addAdvice = (failure: ReadableFailure | null): AdvisedFailure | null =>
  failure && {
    ...failure,
    advice: cutOff.includes(failure.name) ? cutOffAdvice : adviceFor(failure.name),
  };
