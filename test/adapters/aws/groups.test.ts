import { afterEach, describe, expect, test } from '@jest/globals';
import { autoScalingGroups } from '../../../functions/adapters/aws/auto-scaling-groups.ts';
import type { AutoScalingClient } from '../../../functions/adapters/aws/clients.ts';
import { expectFailure } from '../../contracts/failure.ts';
import { AwsWorld } from '../../sandbox/aws/aws-world.ts';

let world: AwsWorld | undefined;
afterEach(() => world?.end());

const answering = (answer: object): AutoScalingClient => ({
  send: async () => answer as never,
});

/** Does the work twice, as the SDK does that lost the answer to its first request. */
const repeating = (client: AutoScalingClient): AutoScalingClient => ({
  send: async (command) => {
    await client.send(command).catch(() => undefined);
    return client.send(command);
  },
});

const groupAnswer = (lifecycleState: string) => ({
  AutoScalingGroups: [
    {
      AutoScalingGroupName: 'group',
      MinSize: 1,
      MaxSize: 2,
      DesiredCapacity: 1,
      LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
      Instances: [{ InstanceId: 'i-1', LifecycleState: lifecycleState, HealthStatus: 'Unhealthy' }],
    },
  ],
});

describe('the Auto Scaling adapter', () => {
  test('reads an unhealthy instance as one, and no protection as none', async () => {
    const groups = autoScalingGroups(answering(groupAnswer('InService')));

    const [instance] = (await groups.read('group')).instances;

    expect(instance).toMatchObject({ healthy: false, protectedFromScaleIn: false });
  });

  test('stops at a lifecycle state that it does not know', async () => {
    const groups = autoScalingGroups(answering(groupAnswer('Terminating:Retained')));

    await expectFailure(groups.read('group'), 'UnexpectedAnswer', /i-1.*Terminating:Retained/);
  });

  test('stops at a group without a launch template of its own', async () => {
    const [group] = groupAnswer('InService').AutoScalingGroups;
    const answer = { AutoScalingGroups: [{ ...group, LaunchTemplate: undefined }] };
    const groups = autoScalingGroups(answering(answer));

    await expectFailure(groups.read('group'), 'UnexpectedAnswer', 'LaunchTemplate');
  });

  test('takes a request for done that was done by the first of two tries', async () => {
    world = new AwsWorld();
    const { aws, berlin, pass } = world;
    const groups = autoScalingGroups(repeating(aws.autoScaling));
    const group = await groups.read(berlin.groupName);
    await groups.change(group, { sizes: { min: 0, max: 2, desired: 1 } });

    await groups.enterStandby(berlin.groupName, berlin.instanceId);
    await pass(400);
    await groups.exitStandby(berlin.groupName, berlin.instanceId);
    await pass(60);
    await groups.terminate(berlin.instanceId, { decrement: true });

    const { sizes, instances } = await groups.read(berlin.groupName);
    expect(sizes.desired).toBe(0);
    expect(instances[0]?.lifecycleState).toBe('Terminating');
  });

  test('reads failed launches on every page', async () => {
    world = new AwsWorld();
    const { aws, berlin, faults, pass } = world;
    const groups = autoScalingGroups(aws.autoScaling);
    const since = new Date();
    faults.set('launch-fails', 45);
    const group = await groups.read(berlin.groupName);
    await groups.change(group, { sizes: { min: 1, max: 2, desired: 2 } });
    await pass(24 * 3600);

    const messages = await groups.failedLaunches(berlin.groupName, since);

    expect(messages).toHaveLength(45);
  });

  test.each([
    [
      'counts a launch that EC2 has ended after the call',
      'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: Client.InvalidKMSKey.InvalidState',
      1,
    ],
    [
      'counts no launch that a person has called off',
      'The instance was terminated by a user request',
      0,
    ],
  ])('%s', async (_name, StatusMessage, count) => {
    const activity = {
      ActivityId: '1',
      AutoScalingGroupName: 'group',
      Cause: 'capacity',
      StartTime: new Date(),
      Description: 'Launching a new EC2 instance: i-1',
      StatusCode: 'Cancelled',
      StatusMessage,
    };
    const groups = autoScalingGroups(answering({ Activities: [activity] }));

    expect(await groups.failedLaunches('group', new Date(0))).toHaveLength(count);
  });
});
