import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { type EventRule, startingRules } from '../../deployment/event-rules.ts';
import { startRetryPolicy } from '../../deployment/retry-policy.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import type { MachineName } from '../../functions/domain/resource-names.ts';
import { targetInput } from '../event-rule.ts';
import type { Starter } from './starter.ts';

export interface EventsProps {
  readonly fleet: Fleet;
  readonly machines: Readonly<Record<MachineName, string>>;
  readonly starter: Starter;
}

/** Executions that nobody asked for: what happens in the account starts them. */
export class Events extends Construct {
  constructor(scope: Construct, id: string, { fleet, machines, starter }: EventsProps) {
    super(scope, id);
    for (const rule of startingRules(fleet, machines)) this.#rule(rule, machines, starter);
  }

  #rule(rule: EventRule, machines: EventsProps['machines'], starter: Starter): void {
    if (rule.target === 'alarm-topic') return;
    const { attrArn } = new CfnRule(this, rule.id, {
      description: rule.description,
      eventPattern: rule.pattern,
      targets: [
        {
          id: 'StateMachine',
          arn: machines[rule.target],
          roleArn: starter.eventsRole.roleArn,
          deadLetterConfig: { arn: starter.deadLetters.queueArn },
          retryPolicy: startRetryPolicy,
          ...targetInput(rule),
        },
      ],
    });
    starter.takeDeadLettersOf(attrArn);
  }
}
