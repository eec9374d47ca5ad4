import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { launchHookName } from '../../functions/domain/group.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import type { Starter } from './starter.ts';

export interface EventsProps {
  readonly fleet: Fleet;
  readonly rebuildFleetArn: string;
  readonly rebuildProxyArn: string;
  readonly starter: Starter;
}

/** What an execution is started with, from the event; `<name>` in the template is one of the paths. */
interface Transformed {
  readonly inputPathsMap: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** Executions that nobody asked for: what happens in the account starts them. */
export class Events extends Construct {
  readonly #props: EventsProps;

  constructor(scope: Construct, id: string, props: EventsProps) {
    super(scope, id);
    this.#props = props;
    for (const { name } of props.fleet.proxies) this.#heal(name);
    this.#rollback();
    const { base } = props.fleet.image;
    // AWS tells nobody about changes of its own parameters.
    if ('parameter' in base && !base.parameter.startsWith('/aws/'))
      this.#followBaseImage(base.parameter);
  }

  /** Of every launch, those of a rebuild included: the lock sorts them out. */
  #heal(proxy: string): void {
    const { fleet, rebuildProxyArn } = this.#props;
    const pattern = {
      source: ['aws.autoscaling'],
      'detail-type': ['EC2 Instance-launch Lifecycle Action'],
      detail: {
        AutoScalingGroupName: [resourceNames.group(fleet.fleet, proxy)],
        LifecycleHookName: [launchHookName],
      },
    };
    this.#rule(`Heal-${proxy}`, `Heals ${proxy} when Auto Scaling launches an instance`, pattern, {
      arn: rebuildProxyArn,
      inputTransformer: {
        inputPathsMap: { instance: '$.detail.EC2InstanceId' },
        inputTemplate: `{"proxy": "${proxy}", "reason": "heal", "instanceId": <instance>}`,
      },
    });
  }

  /**
   * Of every rebuild that ended badly, rollbacks included; but each carries the input of what it follows, and
   * the third one in a row is followed by none.
   */
  #rollback(): void {
    const { rebuildProxyArn } = this.#props;
    const pattern = {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [rebuildProxyArn],
        status: ['FAILED', 'ABORTED', 'TIMED_OUT'],
        input: [
          { 'anything-but': { wildcard: '*interruptedInput*interruptedInput*interruptedInput*' } },
        ],
      },
    };
    this.#rule('Rollback', 'Rolls back the changes of an interrupted rebuild', pattern, {
      arn: rebuildProxyArn,
      inputTransformer: {
        inputPathsMap: { input: '$.detail.input', execution: '$.detail.executionArn' },
        inputTemplate:
          '{"reason": "rollback", "interruptedInput": <input>, "interrupted": <execution>}',
      },
    });
  }

  #followBaseImage(parameter: string): void {
    const pattern = {
      source: ['aws.ssm'],
      'detail-type': ['Parameter Store Change'],
      detail: { name: [parameter], operation: ['Update'] },
    };
    this.#rule('BaseImage', 'Starts a sweep when the base image changes', pattern, {
      arn: this.#props.rebuildFleetArn,
      input: JSON.stringify({ reason: 'scheduled' }),
    });
  }

  #rule(
    id: string,
    description: string,
    eventPattern: object,
    target: {
      readonly arn: string;
      readonly inputTransformer?: Transformed;
      readonly input?: string;
    },
  ): void {
    const { starter } = this.#props;
    const rule = new CfnRule(this, id, {
      description,
      eventPattern,
      targets: [
        {
          id: 'StateMachine',
          roleArn: starter.eventsRole.roleArn,
          deadLetterConfig: { arn: starter.deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
          ...target,
        },
      ],
    });
    starter.takeDeadLettersOf(rule.attrArn);
  }
}
