import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { suppressNag } from './nag-suppression.ts';
import { PrivateBucket } from './private-bucket.ts';

/** A bucket for the access log of another one. S3 delivers such logs only where S3's own keys encrypt. */
export class LogBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, 'Bucket', {
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    suppressNag(this.bucket, {
      'AwsSolutions-S1':
        'This bucket holds access logs; logging it would log its own log deliveries.',
    });
  }
}
