import { Duration, Lazy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { suppressNag } from '../nag-suppression.ts';
import { allow } from '../permission.ts';

/** Who starts executions, and where their requests go when that fails for an hour. */
export class Starter extends Construct {
  readonly eventsRole: Role;
  readonly scheduleRole: Role;
  readonly deadLetters: Queue;
  readonly #ruleArns: string[] = [];

  constructor(scope: Construct, id: string, machineArns: readonly string[]) {
    super(scope, id);
    this.eventsRole = this.#role('EventsRole', 'events.amazonaws.com', machineArns);
    this.scheduleRole = this.#role('ScheduleRole', 'scheduler.amazonaws.com', machineArns);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    suppressNag(this.deadLetters, { 'AwsSolutions-SQS3': 'This queue is the dead-letter queue.' });
    allow(this.scheduleRole, {
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetters.queueArn],
    });
    this.#letRulesSend();
  }

  takeDeadLettersOf(ruleArn: string): void {
    this.#ruleArns.push(ruleArn);
  }

  #role(id: string, service: string, machineArns: readonly string[]): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal(service) });
    allow(role, { actions: ['states:StartExecution'], resources: machineArns });
    return role;
  }

  /** EventBridge sends dead letters in its own name, for these rules alone. */
  #letRulesSend(): void {
    this.deadLetters.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
        conditions: {
          ArnEquals: { 'aws:SourceArn': Lazy.list({ produce: () => this.#ruleArns }) },
        },
      }),
    );
  }
}
