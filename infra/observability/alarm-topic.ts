import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Where alarms go besides Slack, also when the controller is down. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: 'Alarms of the Smart Proxy controller',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The key of SNS itself lets no service of AWS send.
    const services = ['cloudwatch', 'events'].map(
      (service) => new ServicePrincipal(`${service}.amazonaws.com`),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: services,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    for (const service of services) this.topic.grantPublish(service);
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
