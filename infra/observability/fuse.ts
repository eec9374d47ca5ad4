import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';

/** Tells people when Auto Scaling has replaced an instance for its age alone, which should never happen. */
export class Fuse extends Construct {
  constructor(scope: Construct, id: string, { fleet }: Fleet, topic: Topic) {
    super(scope, id);
    new CfnRule(this, 'Rule', {
      description: 'Auto Scaling has replaced a proxy for its age alone',
      eventPattern: {
        source: ['aws.autoscaling'],
        'detail-type': ['EC2 Instance Terminate Successful'],
        detail: {
          AutoScalingGroupName: [{ prefix: resourceNames.group(fleet, '') }],
          Cause: [{ wildcard: '*lifetime*' }],
        },
      },
      targets: [
        {
          id: 'Topic',
          arn: topic.topicArn,
          inputTransformer: {
            inputPathsMap: {
              group: '$.detail.AutoScalingGroupName',
              instance: '$.detail.EC2InstanceId',
            },
            inputTemplate:
              '"The fuse blew: Auto Scaling has replaced <instance> of <group> for its age. What to do: docs/operations.md#fuse-blew"',
          },
        },
      ],
    });
  }
}
