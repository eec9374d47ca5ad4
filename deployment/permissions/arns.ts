/** Where a fleet is deployed. In a template these are tokens of CloudFormation, as text. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

type Part = 'region' | 'account';

/** `arn:aws:ssm:eu-central-1:123456789012:` of a service; some of its resources have no region or no account. */
const ofService = (place: Place, service: string, ...without: readonly Part[]): string => {
  const part = (name: Part): string => (without.includes(name) ? '' : place[name]);
  return `arn:${place.partition}:${service}:${part('region')}:${part('account')}:`;
};

const parameterPath = (name: string): string => `parameter/${name.replace(/^\//, '')}`;

export const parameterArn = (place: Place, name: string): string =>
  `${ofService(place, 'ssm')}${parameterPath(name)}`;

/** Public parameters, such as those of AWS below /aws/service, belong to no account. */
export const publicParameterArn = (place: Place, name: string): string =>
  `${ofService(place, 'ssm', 'account')}${parameterPath(name)}`;

export const documentArn = (place: Place, name: string): string =>
  `${ofService(place, 'ssm')}document/${name}`;

export const logStreamArn = (place: Place, group: string, stream: string): string =>
  `${ofService(place, 'logs')}log-group:${group}:log-stream:${stream}`;

export const ec2Arn = (place: Place, resource: string, id = '*'): string =>
  `${ofService(place, 'ec2')}${resource}/${id}`;

/** ARNs of images and snapshots have no account. */
export const ec2SharedArn = (place: Place, resource: 'image' | 'snapshot', id = '*'): string =>
  `${ofService(place, 'ec2', 'account')}${resource}/${id}`;

/** Auto Scaling gives a group an id beside its name. */
export const groupArn = (place: Place, groupName: string, id = '*'): string =>
  `${ofService(place, 'autoscaling')}autoScalingGroup:${id}:autoScalingGroupName/${groupName}`;

export const route53Arn = (place: Place, resource: 'hostedzone' | 'change', id: string): string =>
  `${ofService(place, 'route53', 'region', 'account')}${resource}/${id}`;

export const stateMachineArn = (place: Place, name: string): string =>
  `${ofService(place, 'states')}stateMachine:${name}`;

export const executionArn = (place: Place, machine: string, name = '*'): string =>
  `${ofService(place, 'states')}execution:${machine}:${name}`;

export const eventRuleArn = (place: Place, name: string): string =>
  `${ofService(place, 'events')}rule/${name}`;

export const roleArn = (place: Place, pathAndName: string): string =>
  `${ofService(place, 'iam', 'region')}role/${pathAndName}`;

/** The role in whose name Auto Scaling launches. It makes the role itself, with an account's first group. */
export const autoScalingRoleArn = (place: Place): string =>
  roleArn(place, 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling');
