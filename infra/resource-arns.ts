import { ArnFormat, type Stack } from 'aws-cdk-lib';

/** ARNs of what a stack does not make itself. Partition, region and account are the stack's own. */
export const parameterArn = (stack: Stack, name: string): string =>
  stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') });

/** Public parameters, such as those of AWS below /aws/service, belong to no account. */
export const publicParameterArn = (stack: Stack, name: string): string =>
  stack.formatArn({
    service: 'ssm',
    account: '',
    resource: 'parameter',
    resourceName: name.replace(/^\//, ''),
  });

export const logStreamArn = (stack: Stack, group: string, stream: string): string =>
  stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${group}:log-stream:${stream}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const ec2Arn = (stack: Stack, resource: string, id = '*'): string =>
  stack.formatArn({ service: 'ec2', resource, resourceName: id });

/** ARNs of images and snapshots have no account. */
export const ec2SharedArn = (stack: Stack, resource: 'image' | 'snapshot'): string =>
  stack.formatArn({ service: 'ec2', account: '', resource, resourceName: '*' });

export const groupArn = (stack: Stack, groupName: string): string =>
  stack.formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: `*:autoScalingGroupName/${groupName}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const stateMachineArn = (stack: Stack, name: string): string =>
  stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const executionArn = (stack: Stack, machine: string): string =>
  stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The role in whose name Auto Scaling launches. It makes the role itself, with an account's first group. */
export const autoScalingRoleArn = (stack: Stack): string =>
  stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  });
