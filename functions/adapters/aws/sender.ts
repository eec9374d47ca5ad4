import type * as autoScaling from '@aws-sdk/client-auto-scaling';
import type * as dynamoDb from '@aws-sdk/client-dynamodb';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as route53 from '@aws-sdk/client-route-53';
import type * as s3 from '@aws-sdk/client-s3';
import type * as sfn from '@aws-sdk/client-sfn';
import type * as ssm from '@aws-sdk/client-ssm';

/**
 * All that an adapter needs of a client of the AWS SDK: `send`. Both the SDK's clients and the simulated
 * services of the sandbox fit.
 */
export interface Sender<Inputs extends object, Outputs extends ssm.__MetadataBearer> {
  send<Input extends Inputs, Output extends Outputs>(
    command: ssm.$Command<Input, Output, never, Inputs, Outputs>,
  ): Promise<Output>;
}

export type AutoScalingSender = Sender<
  autoScaling.ServiceInputTypes,
  autoScaling.ServiceOutputTypes
>;
export type DynamoDbSender = Sender<dynamoDb.ServiceInputTypes, dynamoDb.ServiceOutputTypes>;
export type Ec2Sender = Sender<ec2.ServiceInputTypes, ec2.ServiceOutputTypes>;
export type ElbSender = Sender<elb.ServiceInputTypes, elb.ServiceOutputTypes>;
export type Route53Sender = Sender<route53.ServiceInputTypes, route53.ServiceOutputTypes>;
export type SfnSender = Sender<sfn.ServiceInputTypes, sfn.ServiceOutputTypes>;
export type SsmSender = Sender<ssm.ServiceInputTypes, ssm.ServiceOutputTypes>;
export type S3Sender = Sender<s3.ServiceInputTypes, s3.ServiceOutputTypes>;
