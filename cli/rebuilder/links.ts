/** Addresses in the AWS console; each partition has a console of its own. */
const domains: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

const consoleOf = (partition: string, region: string): string =>
  `https://${region}.${domains[partition] ?? 'console.aws.amazon.com'}`;

const placeOf = (arn: string): { readonly partition: string; readonly region: string } => {
  const [, partition = 'aws', , region = ''] = arn.split(':');
  return { partition, region };
};

export const regionOf = (arn: string): string => placeOf(arn).region;

export const executionLink = (executionArn: string): string => {
  const { partition, region } = placeOf(executionArn);
  return `${consoleOf(partition, region)}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
};

/** A task in the web interface of Katello. */
export const taskLink = (katelloUrl: string, taskId: string): string =>
  new URL(`/foreman_tasks/tasks/${taskId}`, katelloUrl).href;

/** `stateMachineArn` says where the group is. */
export const groupLink = (stateMachineArn: string, group: string): string => {
  const { partition, region } = placeOf(stateMachineArn);
  return `${consoleOf(partition, region)}/ec2/home?region=${region}#AutoScalingGroupDetails:id=${group};view=instanceManagement`;
};
