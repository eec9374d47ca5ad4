import type { Fleet } from '../functions/domain/fleet.ts';
import { launchHookName } from '../functions/domain/group.ts';
import { type MachineName, resourceNames } from '../functions/domain/resource-names.ts';
import { rollbackAttempts } from '../functions/domain/rollback-attempts.ts';
import type { EventPattern, FieldConditions } from './event-pattern.ts';

/**
 * What a target gets. `template` names values of the event in angle brackets, each found by its path. EventBridge
 * does not escape them, so only values without quotes may be named: ids and ARNs.
 */
export type TargetInput =
  | { readonly constant: string }
  | { readonly paths: Readonly<Record<string, string>>; readonly template: string };

export interface EventRule {
  /** Its construct's id, unique in its stack. */
  readonly id: string;
  readonly description: string;
  readonly pattern: EventPattern;
  /** The state machine that is started, or the topic that people have subscribed to. */
  readonly target: MachineName | 'alarm-topic';
  readonly input: TargetInput;
}

/** Heals after every launch, those of a rebuild included: the lock sorts them out. */
const heal = (fleet: string, proxy: string): EventRule => ({
  id: `Heal-${proxy}`,
  description: `Heals ${proxy} when Auto Scaling launches an instance`,
  pattern: {
    source: ['aws.autoscaling'],
    'detail-type': ['EC2 Instance-launch Lifecycle Action'],
    detail: {
      AutoScalingGroupName: [resourceNames.group(fleet, proxy)],
      LifecycleHookName: [launchHookName],
    },
  },
  target: 'rebuild-proxy',
  input: {
    paths: { instance: '$.detail.EC2InstanceId' },
    template: `{"proxy": "${proxy}", "reason": "heal", "instanceId": <instance>}`,
  },
});

/**
 * Inputs of the executions that a rollback follows. The first follows everything that is not itself a numbered
 * rollback, also an input that Step Functions leaves out of the event because it is too long, whether the field is
 * then absent or null, which `anything-but` matches too. (CloudFormation allows no `null` in a pattern.)
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
 */
const followedBy = (index: number): FieldConditions => {
  const previous = rollbackAttempts[index - 1];
  return previous === undefined
    ? [{ exists: false }, { 'anything-but': { wildcard: `* of ${rollbackAttempts.length}*` } }]
    : [{ wildcard: `*${previous}*` }];
};

/** Follows a rebuild that ended badly, and the rollback before it; the last rollback is followed by none. */
const rollback = (rebuildProxyArn: string, index: number): EventRule => ({
  id: `Rollback${index + 1}`,
  description: `Rolls back an interrupted rebuild, attempt ${rollbackAttempts[index]}`,
  pattern: {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: {
      stateMachineArn: [rebuildProxyArn],
      status: ['FAILED', 'ABORTED', 'TIMED_OUT'],
      input: followedBy(index),
    },
  },
  target: 'rebuild-proxy',
  input: {
    paths: { execution: '$.detail.executionArn' },
    template: `{"reason": "rollback", "attempt": "${rollbackAttempts[index]}", "interrupted": <execution>}`,
  },
});

/** AWS sends no events for changes of its own parameters. */
const baseImageChanges = ({ image: { base } }: Fleet): readonly EventRule[] =>
  'parameter' in base && !base.parameter.startsWith('/aws/')
    ? [
        {
          id: 'BaseImage',
          description: 'Starts a sweep when the base image changes',
          pattern: {
            source: ['aws.ssm'],
            'detail-type': ['Parameter Store Change'],
            detail: { name: [base.parameter], operation: ['Update'] },
          },
          target: 'rebuild-fleet',
          input: { constant: JSON.stringify({ reason: 'scheduled' }) },
        },
      ]
    : [];

/** Rules that start executions. `machines` are the ARNs of the state machines. */
export const startingRules = (
  fleet: Fleet,
  machines: Readonly<Record<MachineName, string>>,
): readonly EventRule[] => [
  ...fleet.proxies.map(({ name }) => heal(fleet.fleet, name)),
  ...rollbackAttempts.map((_, index) => rollback(machines['rebuild-proxy'], index)),
  ...baseImageChanges(fleet),
];

/** Tells people when Auto Scaling has replaced an instance at its maximum lifetime, which should never happen. */
export const maxLifetimeRule = ({ fleet }: Fleet): EventRule => ({
  id: 'Rule',
  description: 'Auto Scaling replaced a proxy at its maximum lifetime',
  pattern: {
    source: ['aws.autoscaling'],
    'detail-type': ['EC2 Instance Terminate Successful'],
    detail: {
      AutoScalingGroupName: [{ prefix: resourceNames.group(fleet, '') }],
      Cause: [{ wildcard: '*lifetime*' }],
    },
  },
  target: 'alarm-topic',
  input: {
    paths: { group: '$.detail.AutoScalingGroupName', instance: '$.detail.EC2InstanceId' },
    template:
      '"Auto Scaling replaced <instance> of <group> at its maximum lifetime. What to do: docs/operations.md#max-lifetime-replacement"',
  },
});

/** Every rule of the deployment of a fleet. */
export const eventRules = (
  fleet: Fleet,
  machines: Readonly<Record<MachineName, string>>,
): readonly EventRule[] => [...startingRules(fleet, machines), maxLifetimeRule(fleet)];
