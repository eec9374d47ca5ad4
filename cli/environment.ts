import { setTimeout } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import type * as clients from '../functions/adapters/aws/clients.ts';
import { connection } from '../functions/adapters/aws/connection.ts';
import { systemClock } from '../functions/adapters/system/clock.ts';
import type { Clock } from '../functions/ports/clock.ts';

/** Everything outside the commands: AWS and real time, or the simulated world. */
export interface Environment {
  readonly clock: Clock;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly autoScaling: clients.AutoScalingClient;
  readonly dynamoDb: clients.DynamoDbClient;
  readonly ec2: clients.Ec2Client;
  readonly sfn: clients.SfnClient;
  readonly ssm: clients.SsmClient;
}

/** AWS, with the caller's credentials. */
export const awsEnvironment = (region: string | null): Environment => {
  // Step Functions limits ListExecutions to five calls a second per account; retry longer rather than show
  // throttling.
  const settings = { ...connection, maxAttempts: 8, ...(region === null ? {} : { region }) };
  return {
    clock: systemClock,
    sleep: (seconds) => setTimeout(seconds * 1000),
    autoScaling: new AutoScalingClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    sfn: new SFNClient(settings),
    ssm: new SSMClient(settings),
  };
};
