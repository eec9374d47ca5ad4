import { describe, expect, test } from '@jest/globals';
import { syncRequestId } from '../../functions/domain/derived-id.ts';
import { emptyRecord } from '../../functions/domain/record.ts';
import type { ForemanTask } from '../../functions/domain/task.ts';
import { waiting } from '../../functions/domain/waiting.ts';
import { inspectProxy } from '../../functions/steps/inspect-proxy.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import {
  aProxyAtRest,
  aRebuild,
  aRestorePoint,
  aRun,
  controlName,
  executionId,
} from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { aCapsule } from './katello.ts';
import type { World } from './world.ts';

const foreignSync = { id: 'task-foreign' } as ForemanTask;
const inspect = (world: World, request: object = {}, seconds = 0) =>
  perform(world, inspectProxy, aRun(world, { inspect: seconds }, { request }));
const heal = { reason: 'heal', instanceId: 'i-new' };

describe('a proxy at rest', () => {
  test('is ready to be rebuilt from the published image', async () => {
    const world = aProxyAtRest();

    expect(await inspect(world)).toEqual({
      status: 'ready',
      incumbent: { id: 'i-old', privateIp: '10.0.0.1' },
      adopt: null,
      imageId: 'ami-2',
      launchTemplate: { id: 'lt-1', version: '1' },
      capsuleId: 2,
      expectedSeconds: {},
    });
  });

  test('is written down before anything is changed', async () => {
    const world = aProxyAtRest();
    world.group.suspendedProcesses = ['AZRebalance'];

    await inspect(world);

    expect(world.record().restorePoint).toEqual(
      aRestorePoint({
        takenAt: world.now.toISOString(),
        // As deployed, whatever an answer says that may be old.
        sizes: { min: 0, max: 2, desired: 1 },
        suspends: ['AlarmNotification', 'ScheduledActions'],
      }),
    );
    expect(world.writes).toBe(1);
  });

  test('is inspected twice to the same end, and counted once', async () => {
    const world = aProxyAtRest();
    const first = await inspect(world);
    const { restorePoint } = world.record();
    world.pass(60);

    expect(await inspect(world)).toEqual(first);
    expect(world.record().restorePoint).toEqual(restorePoint);
    expect(world.record().attempts).toHaveLength(1);
  });

  test('is expected to take what it took before', async () => {
    const world = aProxyAtRest();
    world.records.set('berlin', { ...emptyRecord, durationsSeconds: { fill: [100, 900, 300] } });

    expect(await inspect(world)).toMatchObject({ expectedSeconds: { fill: 300 } });
  });

  test('is rebuilt from the image that was asked for', async () => {
    const world = aProxyAtRest();
    world.images = world.images.map((image) => ({ ...image, id: 'ami-99999999' }));

    expect(await inspect(world, { imageId: 'ami-99999999' })).toMatchObject({
      imageId: 'ami-99999999',
    });
  });

  test('with one name needs no control name', async () => {
    const world = aProxyAtRest();
    world.fleet = aFleet({ proxies: [aProxy('berlin')] });
    world.addresses.clear();
    world.katello.capsule = { ...aCapsule, name: 'berlin.example.com' };

    expect(await inspect(world)).toMatchObject({ status: 'ready' });
  });
});

describe('an empty group', () => {
  test('is ready for its first instance', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');

    expect(await inspect(world)).toMatchObject({ status: 'ready', incumbent: null, adopt: null });
  });
});

describe('a proxy that Katello does not know yet', () => {
  test('may launch its first instance', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');
    world.katello.capsule = null;

    expect(await inspect(world)).toMatchObject({ status: 'ready', capsuleId: null });
  });
});

describe('what an interrupted execution has left', () => {
  test('is rolled back first, and not overwritten', async () => {
    const world = aProxyAtRest();
    const restorePoint = aRestorePoint({ owner: 'arn:of-another' });
    world.records.set('berlin', { ...emptyRecord, restorePoint });

    expect(await inspect(world)).toEqual({ status: 'leftovers' });
    expect(world.record().restorePoint).toEqual(restorePoint);
  });
});

describe('a sync that somebody else has started', () => {
  test('is waited for', async () => {
    const world = aProxyAtRest();
    world.katello.foreignSyncs = [foreignSync];

    expect(await inspect(world)).toEqual(
      waiting(60, 'Katello is running a sync that this rebuild did not start: task task-foreign'),
    );
    expect(world.writes).toBe(0);
  });

  test('is not waited for longer than an hour', async () => {
    const world = aProxyAtRest();
    world.katello.foreignSyncs = [foreignSync];

    await expectFailure(inspect(world, {}, 3601), 'NotReadyForRebuild', 'task-foreign');
  });

  test('does not keep a dead proxy from being healed', async () => {
    const world = aProxyAtRest();
    world.katello.foreignSyncs = [foreignSync];
    world.add('i-new', 'Pending:Wait');

    expect(await inspect(world, heal)).toMatchObject({ status: 'ready', adopt: 'i-new' });
  });
});

describe('a sync that an earlier rebuild has left', () => {
  const left = async (): Promise<World> => {
    const world = aProxyAtRest();
    const leftSyncs = [{ owner: 'arn:earlier', capsuleId: 2 }];
    world.records.set('berlin', { ...emptyRecord, leftSyncs });
    await world.katello.startSync(2, 'complete', syncRequestId('arn:earlier', 'fill', 1));
    return world;
  };

  test('is stopped, and waited for', async () => {
    const world = await left();

    expect(await inspect(world)).toEqual(
      waiting(60, 'Katello is still running a sync of an earlier rebuild'),
    );
    expect(world.katello.open).toEqual([]);
  });

  test('is forgotten once it has ended', async () => {
    const world = await left();
    await inspect(world);
    world.pass(60);

    expect(await inspect(world, {}, 60)).toMatchObject({ status: 'ready' });
    expect(world.record().leftSyncs).toEqual([]);
  });

  test('is stopped, but does not keep a dead proxy from being healed', async () => {
    const world = await left();
    world.add('i-new', 'Pending:Wait');

    expect(await inspect(world, heal)).toMatchObject({ status: 'ready', adopt: 'i-new' });
    expect(world.katello.open).toEqual([]);
  });
});

describe('a heal', () => {
  test('adopts the instance that Auto Scaling has launched, with the image it has', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');
    world.add('i-new', 'Pending:Wait');

    expect(await inspect(world, heal)).toMatchObject({
      status: 'ready',
      incumbent: null,
      adopt: 'i-new',
      imageId: null,
    });
    expect(world.record().restorePoint?.reason).toBe('heal');
  });

  test('that is then refused can be rolled back, so that the instance serves', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');
    world.add('i-new', 'Pending:Wait');
    world.katello.failing = ['candlepin: FAIL'];

    await expectFailure(inspect(world, heal), 'KatelloNotWell');

    expect(world.record().restorePoint).toMatchObject({ owner: executionId, incumbent: null });
  });

  test('of an instance that is gone has nothing to do', async () => {
    expect(await inspect(aProxyAtRest(), heal)).toEqual({ status: 'nothing-to-do' });
  });

  test('that has begun rolls back what it began when its instance is lost', async () => {
    const world = aProxyAtRest();
    const restorePoint = aRestorePoint({ incumbent: null });
    world.records.set('berlin', { ...emptyRecord, restorePoint });

    await expectFailure(inspect(world, heal), 'ReplacementLost', 'i-new was lost');
  });

  test('waits for an instance that EC2 runs and Auto Scaling does not list yet', async () => {
    const world = aProxyAtRest();
    world.add('i-new', 'Pending:Wait');
    world.group.instances.pop();

    expect(await inspect(world, heal)).toEqual(
      waiting(60, 'smart-proxy-europe--berlin does not list its new instance yet'),
    );
  });

  test('of an instance that is leaving has nothing to do', async () => {
    const world = aProxyAtRest();
    world.add('i-new', 'Terminating:Wait');

    expect(await inspect(world, heal)).toEqual({ status: 'nothing-to-do' });
  });

  test('of an instance that a rebuild has taken over has nothing to do', async () => {
    const world = aProxyAtRest();
    const lastRebuild = {
      at: world.now.toISOString(),
      imageId: 'ami-2',
      instanceId: 'i-old',
      certificateExpiresAt: null,
    };
    world.records.set('berlin', { ...emptyRecord, lastRebuild });

    expect(await inspect(world, { reason: 'heal', instanceId: 'i-old' })).toEqual({
      status: 'nothing-to-do',
    });
  });
});

describe('a rebuild is refused, and changes nothing,', () => {
  const dayAgo = { execution: 'arn:x', at: '2026-11-02T00:00:00.000Z' };

  test.each<[string, Parameters<typeof expectFailure>[1], (world: World) => void]>([
    [
      'when the incumbent is ill',
      'GroupNotSettled',
      (world) => {
        world.instance('i-old').healthy = false;
      },
    ],
    [
      'when one listener finds the incumbent ill',
      'IncumbentUnhealthy',
      (world) => world.health.set('i-old', ['healthy', 'unhealthy']),
    ],
    [
      'when a listener reports nothing',
      'IncumbentUnhealthy',
      (world) => world.health.set('i-old', ['healthy', 'unavailable']),
    ],
    [
      'when no listener is there',
      'IncumbentUnhealthy',
      (world) => {
        world.group.targetGroupArns = [];
      },
    ],
    [
      'when EC2 does not know the incumbent',
      'IncumbentUnhealthy',
      (world) => {
        world.machines.clear();
      },
    ],
    ['when no image is published', 'ImageNotUsable', (world) => world.imageParameters.clear()],
    [
      'when the image is gone',
      'ImageNotUsable',
      (world) => {
        world.images = [];
      },
    ],
    [
      'when a process is suspended',
      'ProcessesSuspended',
      (world) => {
        world.group.suspendedProcesses = ['Launch'];
      },
    ],
    [
      'when Katello is not well',
      'KatelloNotWell',
      (world) => {
        world.katello.failing = ['candlepin: FAIL'];
      },
    ],
    [
      'when Katello runs another version',
      'VersionMismatch',
      (world) => {
        world.katello.version = '4.22.0';
      },
    ],
    [
      'when Katello does not know the proxy',
      'CapsuleNotFound',
      (world) => {
        world.katello.capsule = null;
      },
    ],
    [
      'when the budget of the day is spent',
      'BudgetSpent',
      (world) => world.records.set('berlin', { ...emptyRecord, attempts: Array(4).fill(dayAgo) }),
    ],
  ])('%s', async (_name, failure, spoil) => {
    const world = aProxyAtRest();
    spoil(world);
    const record = world.record();

    await expectFailure(inspect(world), failure);

    expect(world.writes).toBe(0);
    expect(world.record()).toEqual(record);
  });
});

describe('what another execution or an accident has left is fixed first:', () => {
  test.each<[string, (world: World) => void]>([
    ['elsewhere', (world) => world.addresses.set(controlName, '10.9.9.9')],
    ['nowhere', (world) => world.addresses.clear()],
  ])('a control name that leads %s', async (_name, spoil) => {
    const world = aProxyAtRest();
    spoil(world);

    expect(await inspect(world)).toEqual(waiting(60, `${controlName} did not point to i-old`));
    expect(world.addresses.get(controlName)).toBe('10.0.0.1');
    expect(await inspect(world)).toMatchObject({ status: 'ready' });
  });

  test('an instance that is dead without Auto Scaling knowing', async () => {
    const world = aProxyAtRest();
    world.add('i-dead', 'Pending:Wait', { state: 'terminated' });

    expect(await inspect(world)).toEqual(waiting(60, 'Auto Scaling still lists the dead i-dead'));
    world.pass(60);

    expect(await inspect(world)).toMatchObject({ status: 'ready', incumbent: { id: 'i-old' } });
  });

  test('a group that points at a candidate is waited for, not taken as it is', async () => {
    const world = aRebuild({ incumbent: 'gone', replacement: 'InService' });
    world.records.clear();
    world.group.launchTemplate = { id: 'lt-1', version: '2' };

    expect(await inspect(world)).toEqual(
      waiting(60, 'the group still points at a candidate of its launch template'),
    );
    expect(world.record().restorePoint).toBeNull();
  });

  test('an incumbent that the load balancer has not judged yet is waited for', async () => {
    const world = aProxyAtRest();
    world.health.set('i-old', ['healthy', 'initial']);

    expect(await inspect(world)).toEqual(
      waiting(60, 'the load balancer has not reported the health of i-old yet'),
    );
    expect(world.writes).toBe(0);
  });

  test('and not for longer than an hour', async () => {
    const world = aProxyAtRest();
    world.addresses.set(controlName, '10.9.9.9');

    await expectFailure(
      inspect(world, {}, 3601),
      'NotReadyForRebuild',
      'berlin-control.example.com did not point to i-old',
    );
  });
});

test('the restore point belongs to the execution that wrote it', async () => {
  const world = aProxyAtRest();

  await inspect(world);

  expect(world.record().restorePoint?.owner).toBe(executionId);
});
