import { Duration, Stack } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LogBucket } from '../log-bucket.ts';
import { PrivateBucket } from '../private-bucket.ts';

/** What machines write for the controller: a bake its list of packages, an instance the report on its content. */
export class Artifacts extends Construct {
  readonly bucket: IBucket;
  /** The bucket as other stacks name it: known by its export before CDK resolves references between stacks. */
  readonly exported: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, 'Bucket', {
      versioned: true,
      serverAccessLogsBucket: new LogBucket(this, 'AccessLog').bucket,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    const stack = Stack.of(this);
    this.exported = Bucket.fromBucketAttributes(this, 'Exported', {
      bucketArn: stack.exportValue(this.bucket.bucketArn),
      bucketName: stack.exportValue(this.bucket.bucketName),
    });
  }
}
