import {
  DescribeTargetHealthCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NamedFailure } from '../../domain/failures.ts';
import type { BalancerPort, TargetHealth } from '../../ports/balancer.ts';
import type { ElbClient } from './clients.ts';
import { callAws } from './errors.ts';

type State = TargetHealth['state'];

const states: Readonly<Record<Exclude<State, 'absent'>, true>> = {
  initial: true,
  healthy: true,
  unhealthy: true,
  unused: true,
  draining: true,
  'unhealthy.draining': true,
  unavailable: true,
};

const isState = (state: string | undefined): state is keyof typeof states =>
  state !== undefined && Object.hasOwn(states, state);

export const elbBalancer = (client: ElbClient): BalancerPort => ({
  targetHealth: (targetGroupArns, instanceId) =>
    Promise.all(targetGroupArns.map((arn) => readHealth(client, arn, instanceId))),
  registered: async (targetGroupArns) => {
    const targets = await Promise.all(targetGroupArns.map((arn) => readTargets(client, arn)));
    return [...new Set(targets.flat().flatMap(({ Target }) => Target?.Id ?? []))];
  },
});

const readTargets = async (
  client: ElbClient,
  targetGroupArn: string,
): Promise<readonly TargetHealthDescription[]> => {
  const answer = await callAws('DescribeTargetHealth', targetGroupArn, () =>
    client.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn })),
  );
  return answer.TargetHealthDescriptions ?? [];
};

const readHealth = async (
  client: ElbClient,
  targetGroupArn: string,
  instanceId: string,
): Promise<TargetHealth> => {
  // Ask for all targets: for a single target, AWS assumes the target group's default port.
  const targets = (await readTargets(client, targetGroupArn))
    .filter(({ Target }) => Target?.Id === instanceId)
    .map((target) => asHealth(targetGroupArn, target));
  return (
    targets.find(({ state }) => state !== 'healthy') ??
    targets[0] ?? { targetGroupArn, state: 'absent', port: null, reason: null }
  );
};

const asHealth = (targetGroupArn: string, answer: TargetHealthDescription): TargetHealth => {
  const state = answer.TargetHealth?.State;
  if (!isState(state)) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `${targetGroupArn} reports the unknown health state ${state} for ${answer.Target?.Id}`,
    );
  }
  const reason = answer.TargetHealth?.Reason ?? null;
  return {
    targetGroupArn,
    state: reason === 'Target.NotRegistered' ? 'absent' : state,
    port: answer.Target?.Port ?? null,
    reason,
  };
};
