import type { Dispatcher } from 'undici';
import type * as aws from '../adapters/aws/clients.ts';
import type { CachedSecrets } from '../adapters/aws/ssm-secrets.ts';
import type { Clock } from '../ports/clock.ts';
import type { Settings } from './env.ts';

/** What ports are made with. */
export interface Clients {
  readonly autoScaling: aws.AutoScalingClient;
  readonly dynamoDb: aws.DynamoDbClient;
  readonly ec2: aws.Ec2Client;
  readonly elb: aws.ElbClient;
  readonly route53: aws.Route53Client;
  readonly s3: aws.S3Client;
  readonly sfn: aws.SfnClient;
  readonly ssm: aws.SsmClient;
  /** The way to Katello and the proxies, trusting only this CA. */
  readonly katello: (caPem: string) => Dispatcher;
}

/** Everything outside the product: the SDK's clients in Lambda, the simulated world in the sandbox. */
export interface Environment extends Clients {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly slack?: Dispatcher;
}

/** What one function has from its cold start on. */
export interface FunctionEnvironment extends Environment {
  readonly secrets: CachedSecrets;
}
