import { describe, expect, test } from '@jest/globals';
import {
  isHealthyEverywhere,
  isOutOfService,
  type TargetHealth,
} from '../../functions/domain/target-health.ts';

type State = TargetHealth['state'];
const health = (states: readonly State[]): readonly TargetHealth[] =>
  states.map((state, index) => ({
    targetGroupArn: `arn:${index}`,
    state,
    port: 443,
    reason: null,
  }));

describe('an instance', () => {
  test.each<[readonly State[], boolean, boolean]>([
    [['healthy', 'healthy'], true, false],
    [['healthy', 'unhealthy'], false, false],
    [['healthy', 'absent'], false, false],
    [['healthy', 'unavailable'], false, false],
    [['initial', 'initial'], false, false],
    [['draining', 'absent'], false, false],
    [['unhealthy.draining'], false, false],
    [['absent', 'unused'], false, true],
    [[], false, true],
  ])('that is %j is healthy everywhere: %j, out of service: %j', (states, healthy, out) => {
    expect([isHealthyEverywhere(health(states)), isOutOfService(health(states))]).toEqual([
      healthy,
      out,
    ]);
  });
});
