import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LogBucket } from '../log-bucket.ts';
import { PrivateBucket } from '../private-bucket.ts';

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
    this.bucket = new PrivateBucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      versioned: true,
      minimumTLSVersion: 1.2,
      serverAccessLogsBucket: log.bucket,
    });
  }
}
