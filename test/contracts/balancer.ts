import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BalancerPort } from '../../functions/ports/balancer.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** A balancer whose target groups all hold one healthy instance. */
export interface BalancerWorld {
  readonly balancer: BalancerPort;
  readonly targetGroupArns: readonly string[];
  readonly servingId: string;
  readonly kill: (instanceId: string) => Awaitable<void>;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const balancerContract = (makeWorld: () => Awaitable<BalancerWorld>): void => {
  describe('a BalancerPort', () => {
    let world: BalancerWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const statesOf = async (instanceId: string) => {
      const health = await world.balancer.targetHealth(world.targetGroupArns, instanceId);
      return health.map(({ state }) => state);
    };

    test('answers one element per target group, in the order asked', async () => {
      const arns = world.targetGroupArns.toReversed();

      const health = await world.balancer.targetHealth(arns, world.servingId);

      expect(health.map(({ targetGroupArn }) => targetGroupArn)).toEqual(arns);
      expect(health.every(({ state }) => state === 'healthy')).toBe(true);
    });

    test('names what is registered, once however many target groups have it', async () => {
      expect(await world.balancer.registered(world.targetGroupArns)).toEqual([world.servingId]);
    });

    test('calls an instance absent that no target group has', async () => {
      expect(new Set(await statesOf('i-00000000000000000'))).toEqual(new Set(['absent']));
    });

    test('reports a dead instance as unhealthy', async () => {
      await world.kill(world.servingId);
      await world.pass(35);

      expect(new Set(await statesOf(world.servingId))).toEqual(new Set(['unhealthy']));
    });

    test('refuses a target group that does not exist', async () => {
      const arns = world.targetGroupArns.map((arn) => arn.replace(/[^/]+$/, '0123456789abcdef'));

      const health = world.balancer.targetHealth(arns, world.servingId);

      await expectFailure(health, 'AwsRefused', 'TargetGroupNotFound');
    });
  });
};
