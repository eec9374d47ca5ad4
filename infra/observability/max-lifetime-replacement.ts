import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';

/** Tells people when Auto Scaling has replaced an instance at its maximum lifetime, which should never happen. */
export class MaxLifetimeReplacement extends Construct {
  constructor(scope: Construct, id: string, { fleet }: Fleet, topic: Topic) {
    super(scope, id);
    new CfnRule(this, 'Rule', {
      description: 'Auto Scaling replaced a proxy at its maximum lifetime',
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
              '"Auto Scaling replaced <instance> of <group> at its maximum lifetime. What to do: docs/operations.md#max-lifetime-replacement"',
          },
        },
      ],
    });
  }
}
