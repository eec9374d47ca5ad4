import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import { waiting } from '../../functions/domain/waiting.ts';
import { launchReplacement } from '../../functions/steps/launch-replacement.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aProxyAtRest, aRebuild, aRestorePoint, aRun } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

const launch = (world: World, plan: object = {}, seconds = 0) =>
  perform(world, launchReplacement, aRun(world, { launch: seconds }, { plan }));

const inspected = (incumbent = aRestorePoint().incumbent): World => {
  const world = aProxyAtRest();
  world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint({ incumbent }) });
  return world;
};

const launched = async (): Promise<World> => {
  const world = inspected();
  await launch(world);
  world.pass(15);
  return world;
};

describe('the launch', () => {
  test('asks for one instance more, from a version with the new image', async () => {
    const world = inspected();

    expect(await launch(world)).toEqual(
      waiting(15, 'smart-proxy-europe--berlin has not launched an instance yet'),
    );

    expect(world.group.sizes).toEqual({ min: 1, max: 3, desired: 2 });
    expect(world.templateVersions.get(world.group.launchTemplate.version)).toMatchObject({
      imageId: 'ami-2',
      description: 'smart-proxy-rebuilder candidate of run-1',
    });
  });

  test('keeps Auto Scaling from touching the incumbent meanwhile', async () => {
    const world = inspected();

    await launch(world);

    expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
    expect(world.group.suspendedProcesses).toEqual(aRestorePoint().suspends);
  });

  test('asked for twice asks once', async () => {
    const world = inspected();
    await launch(world);
    const { writes } = world;

    await launch(world);

    expect(world.writes).toBe(writes);
    expect(world.group.sizes.desired).toBe(2);
    expect(world.templateVersions.size).toBe(1);
  });

  test('does not take an instance from another template for what it has asked for', async () => {
    const world = inspected();
    world.instance('i-old').launchTemplate = { id: 'lt-0', version: '2' };

    expect(await launch(world)).toEqual(
      waiting(15, 'smart-proxy-europe--berlin has not launched an instance yet'),
    );

    expect(world.group.sizes.desired).toBe(2);
  });

  test('never takes the incumbent for it, whatever version that was launched from', async () => {
    const world = inspected();
    const isIncumbent = world.instance('i-old');
    await launch(world);
    isIncumbent.launchTemplate = world.group.launchTemplate;

    expect(await launch(world)).toMatchObject({ status: 'waiting' });
    expect(world.machines.get('i-old')?.tags).toEqual({});
  });

  test('adopts what has been launched, marks it, and points the group back', async () => {
    const world = await launched();

    expect(await launch(world)).toEqual({
      status: 'ready',
      instanceId: 'i-new',
      privateIp: '10.0.0.2',
    });
    expect(world.machines.get('i-new')?.tags).toEqual({
      'smart-proxy-rebuilder:rebuild': 'run-1',
      'smart-proxy-rebuilder:proxy': 'berlin',
    });
    expect(world.group.launchTemplate.version).toBe('1');
  });

  test('once done, is done: nothing more is launched', async () => {
    const world = await launched();
    const first = await launch(world);
    world.pass(60);

    expect(await launch(world)).toEqual(first);
    expect(world.group.instances).toHaveLength(2);
  });

  test('waits for an address', async () => {
    const world = await launched();
    Object.assign(world.machines.get('i-new') ?? {}, { privateIp: null });

    expect(await launch(world)).toEqual(
      waiting(15, 'i-new has no private address; EC2 calls it running'),
    );
  });

  test('into an empty group asks for one', async () => {
    const world = inspected(null);
    world.remove('i-old');
    world.resize(0);

    await launch(world);

    expect(world.group.sizes.desired).toBe(1);
  });

  test('of a heal takes what is there and launches nothing', async () => {
    const world = aRebuild();

    expect(await launch(world, { adopt: 'i-new', imageId: null })).toMatchObject({
      status: 'ready',
      instanceId: 'i-new',
    });
    expect(world.group.sizes.desired).toBe(2);
  });

  test('of a heal keeps Auto Scaling from rebalancing meanwhile', async () => {
    const world = aRebuild();

    await launch(world, { adopt: 'i-new', imageId: null });

    expect(world.group.suspendedProcesses).toContain('AZRebalance');
  });
});

describe('a heal beside an instance that serves', () => {
  const beside = (desired: number): World => {
    const world = aRebuild();
    world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint() });
    world.resize(desired);
    world.instance('i-old').protectedFromScaleIn = false;
    return world;
  };

  test('keeps Auto Scaling from ending that one as soon as the new one serves', async () => {
    const world = beside(1);

    await launch(world, { adopt: 'i-new', imageId: null });

    expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
    expect(world.group.sizes).toMatchObject({ max: 3, desired: 2 });
  });

  test('makes room for both once', async () => {
    const world = beside(2);

    await launch(world, { adopt: 'i-new', imageId: null });

    expect(world.group.sizes.desired).toBe(2);
    expect(world.instance('i-old').protectedFromScaleIn).toBe(false);
  });
});

describe('a launch fails', () => {
  test('with the reason that Auto Scaling gives', async () => {
    const world = inspected();
    for (const zone of ['a', 'b', 'a again'])
      world.failedLaunches.unshift({ at: world.now, message: `no capacity in ${zone}` });

    await expectFailure(launch(world, {}, 30), 'LaunchFailed', 'no capacity in a again');
  });

  test('not while Auto Scaling has a zone left to try, and says what it waits for', async () => {
    const world = await launched();
    world.remove('i-new');
    for (const zone of ['a', 'b'])
      world.failedLaunches.unshift({ at: world.now, message: `no capacity in ${zone}` });

    expect(await launch(world, {}, 30)).toMatchObject({
      status: 'waiting',
      waitingFor: 'smart-proxy-europe--berlin tries again to launch: no capacity in b',
    });
  });

  test('with the reason that Auto Scaling gives, once the time is over', async () => {
    const world = inspected();
    world.failedLaunches.push({ at: world.now, message: 'no capacity' });

    await expectFailure(launch(world, {}, 1201), 'LaunchFailed', 'no capacity');
  });

  test('not for a reason from before', async () => {
    const world = inspected();
    world.failedLaunches.push({ at: new Date(world.now.getTime() - 31_000), message: 'old' });

    expect(await launch(world, {}, 30)).toMatchObject({ status: 'waiting' });
  });

  test('with the reason for which EC2 has ended what it adopts', async () => {
    const world = await launched();
    Object.assign(world.machines.get('i-new') ?? {}, {
      state: 'terminated',
      stateReason: 'Client.InvalidKMSKey.InvalidState',
      privateIp: null,
    });

    await expectFailure(
      launch(world, {}, 1201),
      'LaunchTimedOut',
      'terminated: Client.InvalidKMSKey.InvalidState',
    );
  });

  test('when nothing comes for twenty minutes', async () => {
    await expectFailure(
      launch(inspected(), {}, 1201),
      'LaunchTimedOut',
      'has not launched an instance yet',
    );
  });

  test('when what it adopts has no address after twenty minutes, because it is gone', async () => {
    const world = await launched();
    world.machines.delete('i-new');

    await expectFailure(
      launch(world, { adopt: 'i-new', imageId: null }, 1201),
      'LaunchTimedOut',
      'EC2 calls it gone',
    );
  });

  test('without an image', async () => {
    await expectFailure(launch(inspected(), { imageId: null }), 'ImageNotUsable');
  });

  test('without a restore point, and changes nothing of the group', async () => {
    const world = aProxyAtRest();

    await expectFailure(launch(world), 'BaselineMissing', 'another execution has rolled it back');

    expect(world.group.sizes.desired).toBe(1);
  });
});
