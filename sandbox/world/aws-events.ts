import type { StoredParameter } from '../aws/parameters.ts';
import type { LaunchDetail } from '../aws/simulated-aws.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { place } from './deployed-fleet.ts';

/** An event as it arrives on the default bus. */
export interface AwsEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** What tells one event from another. */
export interface Occurrence {
  readonly id: string;
  readonly at: Date;
}

type Published = Pick<AwsEvent, 'source' | 'detail-type' | 'resources' | 'detail'>;

const published = ({ id, at }: Occurrence, event: Published): AwsEvent => ({
  version: '0',
  id,
  account: place.account,
  region: place.region,
  // Whole seconds, as in every example of AWS.
  time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
  ...event,
});

const arn = (service: string, resource: string): string =>
  `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html */
export const launchEvent = (occurrence: Occurrence, detail: LaunchDetail): AwsEvent =>
  published(occurrence, {
    source: 'aws.autoscaling',
    'detail-type': 'EC2 Instance-launch Lifecycle Action',
    resources: [
      arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${detail.AutoScalingGroupName}`),
    ],
    detail: { ...detail, Origin: 'EC2', Destination: 'AutoScalingGroup' },
  });

/** Above this, input and output together, both escaped, the input is left out. */
const payloadBytesMax = 248 * 1024;

const escapedBytes = (text: string | null): number =>
  text === null ? 0 : Buffer.byteLength(JSON.stringify(text));

/**
 * Whether an input that is left out is null or not a field at all is not documented; it is null here, as an output is
 * of which there is none. The rules are tested with both.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
 */
export const statusChange = (
  occurrence: Occurrence,
  execution: Pick<
    SimulatedExecution,
    'arn' | 'stateMachineArn' | 'name' | 'status' | 'startedAt' | 'stoppedAt' | 'input' | 'output'
  >,
): AwsEvent => {
  const input = JSON.stringify(execution.input);
  const output = execution.output === null ? null : JSON.stringify(execution.output);
  const included = escapedBytes(input) + escapedBytes(output) <= payloadBytesMax;
  return published(occurrence, {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.stateMachineArn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startedAt.getTime(),
      stopDate: execution.stoppedAt?.getTime() ?? null,
      input: included ? input : null,
      inputDetails: { included },
      output,
      outputDetails: output === null ? null : { included: true },
    },
  });
};

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
export const parameterChange = (
  occurrence: Occurrence,
  { name, type, version }: StoredParameter,
): AwsEvent =>
  published(occurrence, {
    source: 'aws.ssm',
    'detail-type': 'Parameter Store Change',
    resources: [arn('ssm', `parameter${name}`)],
    detail: { operation: version === 1 ? 'Create' : 'Update', name, type },
  });
