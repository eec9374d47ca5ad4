import type * as sender from '../../functions/adapters/aws/sender.ts';
import type { Clock } from '../../functions/ports/clock.ts';

/** Everything outside of a command: the SDK's clients, or the simulated world. */
export interface Outside {
  readonly clock: Clock;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly autoScaling: sender.AutoScalingSender;
  readonly dynamoDb: sender.DynamoDbSender;
  readonly ec2: sender.Ec2Sender;
  readonly sfn: sender.SfnSender;
  readonly ssm: sender.SsmSender;
}
