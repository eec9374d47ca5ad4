/** Where a fleet is deployed. In a template these are tokens of CloudFormation, as text. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Most resources have a region and an account. */
const within = ({ partition, region, account }: Place, service: string): string =>
  `arn:${partition}:${service}:${region}:${account}:`;

const withoutAccount = ({ partition, region }: Place, service: string): string =>
  `arn:${partition}:${service}:${region}::`;

const withoutRegion = ({ partition, account }: Place, service: string): string =>
  `arn:${partition}:${service}::${account}:`;

const withoutBoth = ({ partition }: Place, service: string): string =>
  `arn:${partition}:${service}:::`;

const parameterPath = (name: string): string => `parameter/${name.replace(/^\//, '')}`;

export const parameterArn = (place: Place, name: string): string =>
  `${within(place, 'ssm')}${parameterPath(name)}`;

/** Public parameters, such as those of AWS below /aws/service, belong to no account. */
export const publicParameterArn = (place: Place, name: string): string =>
  `${withoutAccount(place, 'ssm')}${parameterPath(name)}`;

export const documentArn = (place: Place, name: string): string =>
  `${within(place, 'ssm')}document/${name}`;

export const logStreamArn = (place: Place, group: string, stream: string): string =>
  `${within(place, 'logs')}log-group:${group}:log-stream:${stream}`;

export const ec2Arn = (place: Place, resource: string, id = '*'): string =>
  `${within(place, 'ec2')}${resource}/${id}`;

/** ARNs of images and snapshots have no account. */
export const ec2SharedArn = (place: Place, resource: 'image' | 'snapshot', id = '*'): string =>
  `${withoutAccount(place, 'ec2')}${resource}/${id}`;

/** Auto Scaling gives a group an id beside its name. */
export const groupArn = (place: Place, groupName: string, id = '*'): string =>
  `${within(place, 'autoscaling')}autoScalingGroup:${id}:autoScalingGroupName/${groupName}`;

export const route53Arn = (place: Place, resource: 'hostedzone' | 'change', id: string): string =>
  `${withoutBoth(place, 'route53')}${resource}/${id}`;

export const stateMachineArn = (place: Place, name: string): string =>
  `${within(place, 'states')}stateMachine:${name}`;

export const executionArn = (place: Place, machine: string, name = '*'): string =>
  `${within(place, 'states')}execution:${machine}:${name}`;

export const eventRuleArn = (place: Place, name: string): string =>
  `${within(place, 'events')}rule/${name}`;

export const roleArn = (place: Place, pathAndName: string): string =>
  `${withoutRegion(place, 'iam')}role/${pathAndName}`;

/** The role in whose name Auto Scaling launches. It makes the role itself, with an account's first group. */
export const autoScalingRoleArn = (place: Place): string =>
  roleArn(place, 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling');

export const tableArn = (place: Place, name: string): string =>
  `${within(place, 'dynamodb')}table/${name}`;

export const bucketArn = (place: Place, name: string): string =>
  `${withoutBoth(place, 's3')}${name}`;

export const projectArn = (place: Place, name: string): string =>
  `${within(place, 'codebuild')}project/${name}`;

export const keyArn = (place: Place, id: string): string => `${within(place, 'kms')}key/${id}`;
