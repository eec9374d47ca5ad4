import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { KMSClient } from '@aws-sdk/client-kms';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import type { Dispatcher } from 'undici';
import { attemptsMax, connection } from '../adapters/aws/connection.ts';
import { katelloDispatcher } from '../adapters/katello/dispatcher.ts';

/**
 * Lambda passes the credentials of the function's role, with their session token, in environment variables.
 * They stay the same for the life of an execution environment.
 */
const configuration = { credentials: fromEnv(), maxAttempts: attemptsMax, ...connection };

export const autoScaling = () => new AutoScalingClient(configuration);
export const dynamoDb = () => new DynamoDBClient(configuration);
export const ec2 = () => new EC2Client(configuration);
export const elb = () => new ElasticLoadBalancingV2Client(configuration);
export const kms = () => new KMSClient(configuration);
export const route53 = () => new Route53Client(configuration);
export const s3 = () => new S3Client(configuration);
export const sfn = () => new SFNClient(configuration);
export const ssm = () => new SSMClient(configuration);

/** Connections are kept between invocations as long as the CA stays the same. */
export const katello = () => {
  let agent: { readonly ca: string; readonly dispatcher: Dispatcher } | undefined;
  return (ca: string): Dispatcher => {
    if (agent?.ca !== ca) agent = { ca, dispatcher: katelloDispatcher({ ca }) };
    return agent.dispatcher;
  };
};
