import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { maxLifetimeRule } from '../../deployment/event-rules.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { targetInput } from '../event-rule.ts';

/** Tells people when Auto Scaling has replaced an instance at its maximum lifetime, which should never happen. */
export class MaxLifetimeReplacement extends Construct {
  constructor(scope: Construct, id: string, fleet: Fleet, topic: Topic) {
    super(scope, id);
    const rule = maxLifetimeRule(fleet);
    new CfnRule(this, rule.id, {
      description: rule.description,
      eventPattern: rule.pattern,
      targets: [{ id: 'Topic', arn: topic.topicArn, ...targetInput(rule) }],
    });
  }
}
