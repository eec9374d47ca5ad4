import type * as autoScaling from '@aws-sdk/client-auto-scaling';
import type * as dynamoDb from '@aws-sdk/client-dynamodb';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as kms from '@aws-sdk/client-kms';
import type * as route53 from '@aws-sdk/client-route-53';
import type * as s3 from '@aws-sdk/client-s3';
import type * as sfn from '@aws-sdk/client-sfn';
import type * as ssm from '@aws-sdk/client-ssm';

/**
 * The part of an AWS SDK client that adapters use. Both the SDK's clients and the sandbox's simulated services
 * have it.
 */
export type AutoScalingClient = Pick<autoScaling.AutoScalingClient, 'send'>;
export type DynamoDbClient = Pick<dynamoDb.DynamoDBClient, 'send'>;
export type Ec2Client = Pick<ec2.EC2Client, 'send'>;
export type ElbClient = Pick<elb.ElasticLoadBalancingV2Client, 'send'>;
export type KmsClient = Pick<kms.KMSClient, 'send'>;
export type Route53Client = Pick<route53.Route53Client, 'send'>;
export type S3Client = Pick<s3.S3Client, 'send'>;
export type SfnClient = Pick<sfn.SFNClient, 'send'>;
export type SsmClient = Pick<ssm.SSMClient, 'send'>;
