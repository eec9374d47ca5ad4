import type * as clients from '../../functions/adapters/aws/clients.ts';
import type { Clock } from '../../functions/ports/clock.ts';

/** Everything outside of a command: the SDK's clients, or the simulated world. */
export interface Outside {
  readonly clock: Clock;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly autoScaling: clients.AutoScalingClient;
  readonly dynamoDb: clients.DynamoDbClient;
  readonly ec2: clients.Ec2Client;
  readonly sfn: clients.SfnClient;
  readonly ssm: clients.SsmClient;
}
