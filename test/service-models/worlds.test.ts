import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { observeAwsCalls } from '../../sandbox/aws/aws-calls.ts';
import { simulateOne } from '../../sandbox/simulate/simulate-one.ts';
import { models } from './model.ts';
import { takeProblems } from './watch.ts';

const worlds = 24;

/** Operations that no rebuild needs, or only one after a lost answer, by the suites that call them. */
const elsewhere: Readonly<Record<string, string>> = {
  'autoscaling.DescribeAutoScalingInstances': 'test/contracts/group.ts',
  'ec2.DeleteSnapshot': 'test/contracts/images.ts',
  'kms.CreateGrant': 'test/bootstrap-resources/launch-grant.test.ts',
  'kms.RevokeGrant': 'test/bootstrap-resources/launch-grant.test.ts',
  'ssm.DeleteParameter': 'test/bootstrap-resources/bootstrap-resources.test.ts',
  'states.GetExecutionHistory': 'test/cli/commands.test.ts',
  'states.StopExecution': 'test/cli/commands.test.ts',
};

const operations = Object.entries(models().services).flatMap(([service, model]) =>
  Object.keys(model.operations).map((operation) => `${service}.${operation}`),
);

test('drawn worlds call every operation, and each as AWS models it', async () => {
  const called = new Set<string>();
  const stop = observeAwsCalls(({ service, operation }) => called.add(`${service}.${operation}`));
  for (let seed = 1; seed <= worlds; seed += 1)
    await simulateOne({ seed, profile: seed % 2 === 0 ? 'mixed' : 'world' });
  stop();

  expect(takeProblems()).toEqual([]);
  const covered = new Set([...called, ...Object.keys(elsewhere)]);
  expect(operations.filter((name) => !covered.has(name))).toEqual([]);
}, 300_000);

test.each(Object.entries(elsewhere))('%s is called by %s', (_, suite) => {
  expect(existsSync(suite)).toBe(true);
});
