import { setTimeout } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { systemClock } from '../../functions/adapters/system/clock.ts';
import type { Outside } from './outside.ts';

/** AWS itself, with the credentials of whoever calls. */
export const awsOutside = (region: string | null): Outside => {
  // Step Functions lets an account list five times a second; a person would rather wait than see that.
  const settings = { maxAttempts: 8, ...(region === null ? {} : { region }) };
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
