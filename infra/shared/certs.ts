import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LogBucket } from '../log-bucket.ts';

/** Where each proxy's certs.tar lies, which holds private keys: every reading of it is logged. */
export class Certs extends Construct {
  readonly bucket: IBucket;
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Certificates of Smart Proxies',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const log = new LogBucket(this, 'AccessLog');
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      serverAccessLogsBucket: log.bucket,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
