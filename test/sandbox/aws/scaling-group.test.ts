import {
  CompleteLifecycleActionCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  ResumeProcessesCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ScalingGroup } from '../../../sandbox/aws/scaling-group.ts';
import type { LaunchDetail } from '../../../sandbox/aws/simulated-aws.ts';
import { AwsWorld, durations } from './aws-world.ts';

let world: AwsWorld;
let group: ScalingGroup;
beforeEach(() => {
  world = new AwsWorld();
  group = world.aws.groups.get(world.berlin.groupName) as ScalingGroup;
});
afterEach(() => world.end());

const name = () => world.berlin.groupName;
const incumbent = () => world.berlin.instanceId;

const update = (input: object) =>
  world.aws.autoScaling.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name(), ...input }),
  );
const process = (scalingProcess: string) => ({
  AutoScalingGroupName: name(),
  ScalingProcesses: [scalingProcess],
});
const suspend = (scalingProcess: string) =>
  world.aws.autoScaling.send(new SuspendProcessesCommand(process(scalingProcess)));
const terminate = (id: string, decrement: boolean) =>
  world.aws.autoScaling.send(
    new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: decrement,
    }),
  );
const standby = (id: string, decrement = true) =>
  world.aws.autoScaling.send(
    new EnterStandbyCommand({
      AutoScalingGroupName: name(),
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: decrement,
    }),
  );
const admit = (id: string, hook = 'smart-proxy-launch') =>
  world.aws.autoScaling.send(
    new CompleteLifecycleActionCommand({
      AutoScalingGroupName: name(),
      LifecycleHookName: hook,
      InstanceId: id,
      LifecycleActionResult: 'CONTINUE',
    }),
  );
const others = () => group.members().filter(({ id }) => id !== incumbent());
const theOther = (): string => others()[0]?.id ?? 'none';
const stateOf = (id: string) => group.member(id)?.state;

const launchSecond = async (): Promise<string> => {
  await update({ DesiredCapacity: 2 });
  await world.pass(120);
  return theOther();
};

describe('a launch', () => {
  test('is reported to listeners once its hook is open, as EventBridge tells it', async () => {
    const details: LaunchDetail[] = [];
    world.aws.onLaunch((detail) => details.push(detail));

    const id = await launchSecond();

    expect(details).toMatchObject([
      { AutoScalingGroupName: name(), EC2InstanceId: id, LifecycleHookName: 'smart-proxy-launch' },
    ]);
  });

  test('stays out of the load balancer until it leaves its hook', async () => {
    const id = await launchSecond();
    await world.pass(1000);
    expect(world.aws.balancers.isHealthy('berlin', id)).toBe(false);
    expect(
      world.aws.balancers.describe(world.berlin.targetGroupArns[0] ?? '').targets,
    ).toHaveLength(1);

    await admit(id);
    await world.pass(durations.registerSeconds - 1);
    expect(world.aws.balancers.isHealthy('berlin', id)).toBe(false);
    await world.pass(1);
    expect(world.aws.balancers.isHealthy('berlin', id)).toBe(true);
  });

  test('resolves the image parameter at that moment, not before', async () => {
    const newer = world.aws.images.add({ tags: {} });
    world.aws.parameters.put('/smart-proxy-rebuilder/europe/images/proxies/berlin', newer);

    const id = await launchSecond();

    expect(world.aws.instances.get(id)?.imageId).toBe(newer);
  });

  test('fails with an activity, and is tried again later and later', async () => {
    world.faults.set('launch-fails', 6);
    await update({ DesiredCapacity: 2 });
    const inBothZones = 15;
    await world.pass(5 + 3 * inBothZones + 30 + 60 + 119);
    expect(others()).toEqual([]);
    await world.pass(1);
    expect(others()).toHaveLength(1);

    const failed = group.activities
      .newestFirst()
      .filter(({ statusCode }) => statusCode === 'Failed');
    expect(failed).toHaveLength(6);
    expect(failed[0]?.statusMessage).toMatch(/InsufficientInstanceCapacity/);
  });

  test('is tried in the other zone when one has no capacity', async () => {
    world.faults.set('zone-without-capacity', 9);
    await update({ DesiredCapacity: 2 });
    await world.pass(5 + 15);

    expect(others()).toMatchObject([{ zone: 'eu-central-1a' }]);
    expect(group.activities.newestFirst()).toMatchObject([
      { statusCode: 'InProgress' },
      { statusCode: 'Failed', statusMessage: expect.stringContaining('eu-central-1b') },
    ]);
  });

  test('that EC2 ends at once is cancelled, with EC2’s reason', async () => {
    world.faults.set('launch-cancelled', 1);
    await update({ DesiredCapacity: 2 });
    await world.pass(16);

    const [, launch] = group.activities.newestFirst();
    expect(launch).toMatchObject({
      statusCode: 'Cancelled',
      statusMessage: expect.stringContaining('Termination Reason: Client.InvalidKMSKey'),
    });
    expect(world.aws.instances.get(theOther())?.stateReason).toMatch(/InvalidKMSKey/);
  });

  test('does not wait for the next try when the group is changed meanwhile', async () => {
    world.faults.set('launch-fails', 6);
    await update({ DesiredCapacity: 2 });
    await world.pass(5 + 30 + 60 + 120 + 240 + 480 + 10);

    await update({ DesiredCapacity: 2 });
    await world.pass(10);

    expect(others()).toHaveLength(1);
  });

  test('fails when the image is gone', async () => {
    world.aws.images.deregister(world.imageId, true);

    await launchSecond();

    expect(others()).toEqual([]);
    expect(group.activities.newestFirst()[0]?.statusMessage).toMatch(/does not exist/);
  });

  test('goes into service by itself when nobody answers its hook', async () => {
    const id = await launchSecond();

    await world.pass(3600);

    expect(stateOf(id)).toBe('InService');
  });

  test('is replaced when nobody answers a hook that abandons', async () => {
    group.hook = { name: 'smart-proxy-launch', heartbeatSeconds: 600, defaultResult: 'ABANDON' };
    const id = await launchSecond();

    await world.pass(700);

    expect(stateOf(id)).toBeUndefined();
    expect(others()).toHaveLength(1);
  });

  test('cannot be kept in its hook beyond a hundred heartbeats', async () => {
    group.hook = { name: 'smart-proxy-launch', heartbeatSeconds: 30, defaultResult: 'CONTINUE' };
    await update({ DesiredCapacity: 2 });
    await world.pass(26);
    const id = theOther();

    for (let beat = 0; beat < 148; beat += 1) {
      group.heartbeat(id, 'smart-proxy-launch');
      await world.pass(20);
    }
    expect(stateOf(id)).toBe('Pending:Wait');
    group.heartbeat(id, 'smart-proxy-launch');
    await world.pass(20);
    group.heartbeat(id, 'smart-proxy-launch');
    await world.pass(26);

    expect(stateOf(id)).toBe('InService');
  });

  test('has no hook under another name, nor once it is in service', async () => {
    const id = await launchSecond();
    await expect(admit(id, 'another')).rejects.toThrow('No active Lifecycle Action found');

    await admit(id);

    await expect(admit(id)).rejects.toMatchObject({
      name: 'ValidationError',
      message: `No active Lifecycle Action found with instance ID ${id}`,
    });
  });
});

describe('a group left to itself', () => {
  test('replaces an instance that died', async () => {
    world.aws.instances.kill(incumbent());
    await world.pass(120);

    expect(stateOf(incumbent())).toBeUndefined();
    expect(others()).toHaveLength(1);
    expect(group.sizes.desired).toBe(1);
  });

  test('replaces nothing while that is suspended, and everything afterwards', async () => {
    await suspend('ReplaceUnhealthy');
    world.aws.instances.kill(incumbent());
    await world.pass(3600);
    expect(others()).toEqual([]);

    await world.aws.autoScaling.send(new ResumeProcessesCommand(process('ReplaceUnhealthy')));
    await world.pass(120);

    expect(others()).toHaveLength(1);
  });

  test('notices the death of an instance in its hook only when it leaves that', async () => {
    const id = await launchSecond();
    world.aws.instances.kill(id);
    await world.pass(600);
    expect(stateOf(id)).toBe('Pending:Wait');

    await admit(id);
    await world.pass(120);

    expect(stateOf(id)).toBeUndefined();
  });

  test('replaces an instance that never gets healthy, after the grace period', async () => {
    world.faults.set('never-healthy', 1);
    const id = await launchSecond();
    await admit(id);
    await world.pass(590);
    expect(stateOf(id)).toBe('InService');

    await world.pass(60);
    const third = others().find((member) => member.id !== id)?.id ?? 'none';
    expect([stateOf(id), stateOf(third)]).toEqual(['InService', 'Pending:Wait']);

    await admit(third);
    await world.pass(60);

    expect(stateOf(id)).toBe('Terminating');
  });

  test('does not wait for another one before it gives up a machine that is dead', async () => {
    world.aws.instances.kill(incumbent());
    await world.pass(50);

    expect(stateOf(incumbent())).toBe('Terminating');
  });

  test('takes the oldest version of the launch template when it scales in', async () => {
    const id = await launchSecond();
    await admit(id);
    await world.pass(60);
    Object.assign(group.member(incumbent()) ?? {}, { template: { id: 'lt-1', version: '2' } });

    await update({ DesiredCapacity: 1 });
    await world.pass(60);

    expect(stateOf(incumbent())).toBe('InService');
    expect(stateOf(id)).toBe('Terminating');
  });

  test('takes from the fullest zone first when it scales in', async () => {
    await update({ MaxSize: 3, DesiredCapacity: 3 });
    await world.pass(60);
    for (const { id } of others()) await admit(id);
    await world.pass(60);
    Object.assign(group.member(incumbent()) ?? {}, { zone: 'alone' });
    for (const member of others()) Object.assign(member, { zone: 'full' });

    await update({ DesiredCapacity: 2 });
    await world.pass(60);

    expect(stateOf(incumbent())).toBe('InService');
  });

  test('takes the oldest that is not protected when it scales in', async () => {
    const id = await launchSecond();
    await admit(id);
    await world.pass(60);
    await world.aws.autoScaling.send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: name(),
        InstanceIds: [incumbent()],
        ProtectedFromScaleIn: true,
      }),
    );

    await update({ DesiredCapacity: 1 });
    await world.pass(60);

    expect(stateOf(incumbent())).toBe('InService');
    expect(stateOf(id)).toBe('Terminating');
  });

  test('balances its zones with one more and then one less, unless that is suspended', async () => {
    await suspend('AZRebalance');
    group.rebalance();
    await world.pass(120);
    expect(others()).toEqual([]);

    await world.aws.autoScaling.send(new ResumeProcessesCommand(process('AZRebalance')));
    group.rebalance();
    await world.pass(120);
    await admit(theOther());
    await world.pass(600);

    expect(stateOf(incumbent())).toBeUndefined();
    expect(others()).toMatchObject([{ state: 'InService' }]);
    expect(group.sizes).toEqual({ min: 1, max: 2, desired: 1 });
  });
});

describe('a rebalancing that is suspended in the middle', () => {
  test('is given up: the instance that waits goes again', async () => {
    group.rebalance();
    await world.pass(60);
    expect(others()).toHaveLength(1);

    await suspend('AZRebalance');
    await world.aws.autoScaling.send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: group.settings.name,
        InstanceIds: [incumbent()],
        ProtectedFromScaleIn: true,
      }),
    );
    group.setSizes(group.sizes);
    await world.pass(600);

    expect(others()).toEqual([]);
    expect(stateOf(incumbent())).toBe('InService');
  });
});

test('a rebalancing ends when its launch is abandoned: the zones of the rest are in balance', async () => {
  group.rebalance();
  await world.pass(60);
  await world.aws.autoScaling.send(
    new CompleteLifecycleActionCommand({
      AutoScalingGroupName: group.settings.name,
      LifecycleHookName: 'smart-proxy-launch',
      InstanceId: theOther(),
      LifecycleActionResult: 'ABANDON',
    }),
  );
  await world.pass(600);

  expect(others()).toEqual([]);
  expect(stateOf(incumbent())).toBe('InService');
});

describe('Standby', () => {
  test('drains first, keeps the machine alive, and counts no more', async () => {
    const id = await launchSecond();
    await admit(id);
    await world.pass(60);

    await standby(incumbent());
    await world.pass(durations.drainSeconds - 1);
    expect(stateOf(incumbent())).toBe('EnteringStandby');
    await world.pass(10);

    expect(stateOf(incumbent())).toBe('Standby');
    expect(world.machines.get(incumbent())?.alive).toBe(true);
    expect(group.members()).toHaveLength(2);
    expect(group.sizes.desired).toBe(1);
  });

  test('is refused below the minimum, and left only when there is room, with AWS’s words', async () => {
    await expect(standby(incumbent())).rejects.toThrow(
      `AutoScalingGroup ${name()} has min-size=1, max-size=2, and desired-size=1. To place into standby 1 instance, please update the AutoScalingGroup sizes appropriately.`,
    );

    await standby(incumbent(), false);
    await world.pass(400);
    await update({ MaxSize: 1 });
    const exit = new ExitStandbyCommand({
      AutoScalingGroupName: name(),
      InstanceIds: [incumbent()],
    });
    await expect(world.aws.autoScaling.send(exit)).rejects.toThrow('max-size=1');
  });

  test('without a smaller capacity brings a new instance', async () => {
    await standby(incumbent(), false);
    await world.pass(120);

    expect(others()).toHaveLength(1);
    expect(group.sizes.desired).toBe(1);
  });

  test('runs no health checks', async () => {
    await standby(incumbent(), false);
    await world.pass(400);
    world.aws.instances.kill(incumbent());
    await world.pass(3600);

    expect(group.member(incumbent())).toMatchObject({ state: 'Standby', healthy: true });
  });

  test('ends with termination without any change of capacity, and at once', async () => {
    await standby(incumbent(), false);
    await world.pass(400);
    const second = theOther();

    await terminate(incumbent(), true);
    await world.pass(60);

    expect(group.sizes.desired).toBe(1);
    expect(group.members().map(({ id }) => id)).toEqual([second]);
  });
});

describe('termination', () => {
  test('drains the instance before its machine stops', async () => {
    await terminate(incumbent(), false);
    await world.pass(durations.drainSeconds - 10);
    expect(world.machines.get(incumbent())?.alive).toBe(true);

    await world.pass(60);

    expect(world.machines.get(incumbent())?.alive).toBe(false);
    expect(stateOf(incumbent())).toBeUndefined();
  });

  test('of a draining instance does not restart the drain', async () => {
    await standby(incumbent(), false);
    await world.pass(durations.drainSeconds - 20);
    await terminate(incumbent(), false);
    await world.pass(60);

    expect(stateOf(incumbent())).toBeUndefined();
  });

  test('with a smaller capacity is refused at the minimum', async () => {
    await expect(terminate(incumbent(), true)).rejects.toThrow(
      'Currently, desiredSize equals minSize (1).',
    );
  });

  test('of an instance that no group has is refused', async () => {
    await expect(terminate('i-0', false)).rejects.toThrow(
      'Instance Id not found - No managed instance found for instance ID: i-0',
    );
  });
});

describe('an instance at its maximum lifetime', () => {
  const lifetimeDays = 22.5;
  const untilThen = (lifetimeDays - 20) * 86_400;
  const protect = (isProtected: boolean) =>
    world.aws.autoScaling.send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: name(),
        InstanceIds: [incumbent()],
        ProtectedFromScaleIn: isProtected,
      }),
    );

  test('is replaced: another one is launched, and it goes once that is in service', async () => {
    await world.pass(untilThen - 1);
    expect(group.members()).toHaveLength(1);
    await world.pass(60);
    expect([stateOf(incumbent()), stateOf(theOther())]).toEqual(['InService', 'Pending:Wait']);

    await admit(theOther());
    await world.pass(60);

    expect(stateOf(incumbent())).toBe('Terminating');
    expect(group.activities.newestFirst()[0]?.cause).toContain('lifetime');
  });

  test('stays while it is protected from scale-in, and not longer', async () => {
    await protect(true);
    await world.pass(untilThen + 3600);
    expect(others()).toEqual([]);

    await protect(false);
    await world.pass(60);

    expect(others()).toHaveLength(1);
  });

  test('stays in Standby', async () => {
    await update({ MinSize: 0 });
    await standby(incumbent());
    await world.pass(untilThen + 3600);

    expect(group.members()).toHaveLength(1);
  });

  test('stays while nothing may be terminated', async () => {
    await suspend('Terminate');
    await world.pass(untilThen + 3600);

    expect(group.members()).toHaveLength(1);
  });
});

describe('a change of the group', () => {
  test.each([
    [{ MinSize: 3 }, 'Max bound, 2, must be greater than or equal to min bound, 3'],
    [{ DesiredCapacity: 5 }, 'Desired capacity:5 must be between'],
    [
      { LaunchTemplate: { LaunchTemplateId: 'x', Version: '9' } },
      'valid fully-formed launch template',
    ],
  ])('%j is refused', async (input, message) => {
    await expect(update(input)).rejects.toThrow(message);
    expect(group.sizes).toEqual({ min: 1, max: 2, desired: 1 });
  });

  test('raises the desired capacity with the minimum', async () => {
    await update({ MinSize: 2 });

    expect(group.sizes).toEqual({ min: 2, max: 2, desired: 2 });
  });
});
