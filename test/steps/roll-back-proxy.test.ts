import { describe, expect, test } from '@jest/globals';
import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import { syncRequestId } from '../../functions/domain/derived-id.ts';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { emptyRecord } from '../../functions/domain/record.ts';
import { rollBackProxy } from '../../functions/steps/roll-back-proxy.ts';
import { expectFailure } from '../contracts/failure.ts';
import {
  aProxyAtRest,
  aRebuild,
  aRestorePoint,
  aRun,
  controlName,
  executionId,
} from './a-rebuild.ts';
import { perform, portsOf } from './in-memory-ports.ts';
import { katelloIsAway } from './katello.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;

const rollback = async (world: World, seconds = 0): Promise<Answer> =>
  Object(await perform(world, rollBackProxy, aRun(world, { rollback: seconds })));

/** Runs the step as the state machine does until it is ready. */
const restored = async (world: World): Promise<Answer> => {
  for (let looks = 0; looks < 12; looks += 1) {
    const answer = await rollback(world, looks * 30);
    if (answer['status'] === 'ready') return answer;
    world.pass(30);
  }
  throw new Error('it is never rolled back');
};

const expectAsBefore = (world: World): void => {
  expect(world.group.instances).toEqual([
    {
      id: 'i-old',
      lifecycleState: 'InService',
      healthy: true,
      launchTemplate: { id: 'lt-1', version: '1' },
      protectedFromScaleIn: false,
    },
  ]);
  expect(world.group.sizes).toEqual({ min: 1, max: 2, desired: 1 });
  expect(world.group.launchTemplate.version).toBe('1');
  expect(world.group.suspendedProcesses).toEqual([]);
  expect(world.templateVersions.size).toBe(0);
  expect(world.addresses.get(controlName)).toBe('10.0.0.1');
  expect(world.katello.open).toEqual([]);
  expect(world.record().restorePoint).toBeNull();
  expect(world.outages).toEqual([]);
};

const sync = (world: World) =>
  world.katello.startSync(2, 'complete', syncRequestId(executionId, 'fill', 1));

describe('a replacement that waits to be admitted', () => {
  test.each([
    ['is kept out while the incumbent serves', 'InService', ['i-new']],
    ['is not while nobody does', 'Standby', []],
  ] as const)('%s, whatever fails then', async (_name, incumbent, keptOut) => {
    const world = aRebuild({ incumbent });
    world.dieAfter(1);

    await perform(world, rollBackProxy, aRun(world, { rollback: 0 })).catch(() => undefined);

    expect(world.heartbeats).toEqual(keptOut);
  });
});

describe('rolling back', () => {
  test.each<[string, () => World, isBehind?: boolean]>([
    [
      'before anything was launched',
      () => {
        const world = aProxyAtRest();
        world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint() });
        return world;
      },
    ],
    ['while the replacement boots', () => aRebuild()],
    [
      'while the group still points at the candidate',
      () => {
        const world = aRebuild();
        world.group.launchTemplate = { id: 'lt-1', version: '2' };
        return world;
      },
    ],
    [
      'after the control name has moved',
      () => {
        const world = aRebuild();
        world.addresses.set(controlName, '10.0.0.2');
        return world;
      },
      true,
    ],
    ['while both serve', () => aRebuild({ replacement: 'InService' })],
  ])('%s ends as before', async (_name, make, isBehind = false) => {
    const world = make();

    expect(await restored(world)).toEqual({
      status: 'ready',
      owner: executionId,
      survivor: 'i-old',
      isVerified: false,
      isBehind,
    });
    expectAsBefore(world);
  });

  test('after the change-over brings the incumbent back before the replacement goes', async () => {
    const world = aRebuild({ incumbent: 'Standby', replacement: 'InService' });

    await restored(world);

    expectAsBefore(world);
  });

  test('points the group back at once, so that nothing more is launched from the candidate', async () => {
    const world = aRebuild();
    world.group.launchTemplate = { id: 'lt-1', version: '2' };

    expect(await rollback(world)).toMatchObject({ status: 'waiting' });

    expect(world.group.launchTemplate.version).toBe('1');
  });

  test('stops a sync that is on its way, and one that waits for a person', async () => {
    const world = aRebuild();
    await sync(world);
    world.katello.move('task-1', 'paused', 'error');

    expect(await rollback(world)).toMatchObject({ status: 'waiting' });
    expect(world.katello.tasks.get('task-1')?.state).toBe('stopped');
    await restored(world);
    expectAsBefore(world);
  });

  test('leaves syncs alone that somebody else has started', async () => {
    const world = aRebuild();
    await world.katello.startSync(2, 'light', 'of-somebody-else');

    await restored(world);

    expect(world.katello.open).toEqual(['task-1']);
  });

  test('leaves suspended what others had suspended', async () => {
    const world = aRebuild();
    world.records.set('berlin', {
      ...emptyRecord,
      restorePoint: aRestorePoint({ suspends: ['AlarmNotification', 'ScheduledActions'] }),
    });

    await restored(world);

    expect(world.group.suspendedProcesses).toEqual(['AZRebalance']);
  });

  test('leaves an incumbent protected that was', async () => {
    const world = aRebuild();
    const incumbent = { id: 'i-old', privateIp: '10.0.0.1', protectedFromScaleIn: true };
    world.records.set('berlin', { ...emptyRecord, restorePoint: aRestorePoint({ incumbent }) });

    await restored(world);

    expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
  });

  test.each([
    ['beyond its maximum lifetime', '2026-09-01T12:00:00.000Z', true],
    ['within it', '2026-10-15T12:00:00.000Z', false],
  ])('leaves an incumbent %s protected or not', async (_, launchedAt, expected) => {
    const world = aRebuild();
    const incumbent = world.machines.get('i-old');
    if (incumbent !== undefined)
      world.machines.set('i-old', { ...incumbent, launchedAt: new Date(launchedAt) });

    await restored(world);

    expect(world.instance('i-old').protectedFromScaleIn).toBe(expected);
  });

  test('run on a proxy that is in order changes nothing', async () => {
    const world = aProxyAtRest();

    expect(await rollback(world)).toEqual({
      status: 'ready',
      owner: null,
      survivor: null,
      isVerified: true,
      isBehind: false,
    });
    expect(world.writes).toBe(0);
  });

  test('run again once all is back changes nothing', async () => {
    const world = aRebuild();
    await restored(world);
    const { writes } = world;

    expect(await rollback(world)).toMatchObject({ status: 'ready', owner: null });
    expect(world.writes).toBe(writes);
  });
});

test('a replacement that dies by itself is not launched again and again', async () => {
  const world = aRebuild({ replacement: 'Terminating' });

  await rollback(world);

  expect(world.group.sizes.desired).toBe(1);
  expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
  await restored(world);
  expectAsBefore(world);
});

describe('an incumbent that Auto Scaling replaces by itself, while nothing is recorded', () => {
  /** The replacement is launched beside the desired capacity, and its heal has failed at once. */
  const aReplacement = (): World => {
    const world = aProxyAtRest();
    world.add('i-new', 'Pending:Wait');
    return world;
  };

  test('is protected, and the unfilled replacement is rejected', async () => {
    const world = aReplacement();

    expect(await rollback(world)).toMatchObject({ status: 'waiting' });

    expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
    expect(world.instance('i-new').lifecycleState).toBe('Terminating');
    expect(world.record().restorePoint).toMatchObject({
      owner: executionId,
      incumbent: { id: 'i-old' },
    });
  });

  test('keeps serving alone, protected no longer than it was', async () => {
    const world = aReplacement();
    await rollback(world);
    world.remove('i-new');

    expect(await rollback(world, 60)).toMatchObject({ status: 'ready', survivor: 'i-old' });
    expect(world.instance('i-old').protectedFromScaleIn).toBe(false);
    expect(world.group.sizes).toEqual({ ...deployedGroup.sizes, desired: 1 });
    expect(world.record().restorePoint).toBeNull();
    expect(world.outages).toEqual([]);
  });

  test('stays protected beyond its maximum lifetime, until a rebuild replaces it', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');
    world.add('i-old', 'InService', { launchedAt: new Date('2026-09-01T00:00:00Z') });
    world.add('i-new', 'Pending:Wait');
    await rollback(world);
    world.remove('i-new');

    await rollback(world, 60);

    expect(world.instance('i-old').protectedFromScaleIn).toBe(true);
  });

  test.each<[string, (world: World) => void]>([
    [
      'is not healthy on every listener',
      (world) => world.health.set('i-old', ['healthy', 'unhealthy']),
    ],
    [
      'is known to be unfilled',
      (world) => {
        const lastRebuild = {
          at: '2026-10-15T12:00:00Z',
          imageId: 'ami-1',
          instanceId: 'i-other',
          certificateExpiresAt: null,
        };
        world.records.set('berlin', { ...emptyRecord, lastRebuild });
      },
    ],
  ])('is left to Auto Scaling when it %s', async (_name, spoil) => {
    const world = aReplacement();
    spoil(world);

    expect(await rollback(world)).toMatchObject({ status: 'ready', owner: null });
    expect(world.writes).toBe(0);
  });
});

describe('a rollback reports whether a rebuild has verified the survivor', () => {
  const lastRebuild = {
    at: '2026-10-15T12:00:00.000Z',
    imageId: 'ami-1',
    instanceId: 'i-old',
    certificateExpiresAt: null,
  };

  test('when one has', async () => {
    const world = aRebuild();
    world.records.set('berlin', { ...world.record(), lastRebuild });

    expect(await restored(world)).toMatchObject({ survivor: 'i-old', isVerified: true });
  });

  test('also of an instance that it lets in although there was nothing to roll back', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');
    world.add('i-hand', 'Pending:Wait');
    world.boots.set('i-hand', { status: 'done', certificate: null });

    expect(await rollback(world)).toMatchObject({
      owner: null,
      survivor: 'i-hand',
      isVerified: false,
    });
  });
});

describe('when the incumbent has died', () => {
  test('the replacement is kept, and the control name leads to it', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await restored(world)).toMatchObject({ survivor: 'i-new', isVerified: false });
    expect(world.instance('i-new').lifecycleState).toBe('InService');
    expect(world.addresses.get(controlName)).toBe('10.0.0.2');
  });

  test('the replacement is let in only once its first boot has ended', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'running', step: 'installer' });

    expect(await rollback(world)).toMatchObject({ status: 'waiting' });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Wait');
    expect(world.heartbeats).toContain('i-new');
  });

  test('and the first boot of the replacement has failed, it is let in to be replaced', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', {
      status: 'failed',
      step: 'installer',
      reason: 'no',
      logTail: '',
      certificate: null,
      missingNames: [],
    });

    await rollback(world);

    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');
  });

  test('and nothing was changed, what waits is let in only once its first boot has ended', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.records.clear();

    expect(await rollback(world)).toMatchObject({
      status: 'waiting',
      waitingFor: 'i-new has not completed its first boot',
    });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Wait');

    world.boots.set('i-new', { status: 'done', certificate: null });
    expect(await rollback(world)).toMatchObject({ status: 'ready', owner: null });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');
  });

  test('and what waits is dead too, Auto Scaling gets to see that', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.records.clear();
    world.machines.delete('i-new');

    expect(await rollback(world)).toMatchObject({ status: 'ready', owner: null });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');
  });

  test('and nothing else is there, the rest is still put in order', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.remove('i-new');

    expect(await rollback(world)).toMatchObject({ status: 'ready', survivor: null });
    expect(world.group.suspendedProcesses).toEqual([]);
    expect(world.record().restorePoint).toBeNull();
  });

  test('and was the first instance, one in service is enough', async () => {
    const world = aRebuild({ incumbent: 'gone', replacement: 'InService' });
    world.records.set('berlin', {
      ...emptyRecord,
      restorePoint: aRestorePoint({ incumbent: null }),
    });
    world.health.set('i-new', ['unhealthy', 'unhealthy']);

    expect(await rollback(world, 60)).toMatchObject({ status: 'ready', survivor: 'i-new' });
  });

  test('a minute passes before the rollback counts as complete: an interrupted request may still have its effect', async () => {
    const world = aRebuild({ incumbent: 'gone', replacement: 'InService' });

    expect(await rollback(world, 59)).toMatchObject({
      status: 'waiting',
      waitingFor: 'late requests may still arrive',
    });
    expect(world.record().restorePoint).not.toBeNull();
    expect(await rollback(world, 60)).toMatchObject({ status: 'ready' });
  });
});

describe('nothing is removed', () => {
  test.each<[string, (world: World) => void]>([
    [
      'while the incumbent is ill on one listener',
      (world) => world.health.set('i-old', ['healthy', 'unhealthy']),
    ],
    [
      'while one listener does not report it',
      (world) => world.health.set('i-old', ['healthy', 'unavailable']),
    ],
    [
      'while both are ill for Auto Scaling',
      (world) => {
        for (const instance of world.group.instances) instance.healthy = false;
      },
    ],
  ])('%s', async (_name, spoil) => {
    const world = aRebuild({ replacement: 'InService' });
    spoil(world);

    expect(await rollback(world)).toEqual({
      status: 'waiting',
      waitSeconds: 30,
      waitingFor: 'i-old is InService, not healthy on every listener; i-new is still InService',
    });
    expect(world.instance('i-new').lifecycleState).toBe('InService');
  });

  test('but an incumbent that Auto Scaling is about to replace, while another one serves', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.instance('i-old').healthy = false;

    expect(await restored(world)).toMatchObject({ survivor: 'i-new' });

    expect(world.group.instances.map(({ id }) => id)).toEqual(['i-new']);
    expect(world.instance('i-new').protectedFromScaleIn).toBe(false);
  });

  test('for two hours, then a person is called', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.health.set('i-old', ['healthy', 'unhealthy']);

    await expectFailure(rollback(world, 7201), 'RollbackTimedOut', 'i-old is InService');

    expect(world.record().restorePoint).not.toBeNull();
  });
});

describe('a Katello that is away', () => {
  const away = (): World => {
    const world = aRebuild({ incumbent: 'Standby', replacement: 'InService' });
    world.katello.failure = katelloIsAway;
    return world;
  };

  test('does not keep the incumbent from serving', async () => {
    const world = away();

    expect(await rollback(world)).toMatchObject({ status: 'waiting' });
    world.pass(30);

    expect(world.isServing('i-old')).toBe(true);
  });

  test('is waited for, for a quarter of an hour', async () => {
    const world = away();
    await rollback(world);
    world.pass(30);
    expect(await rollback(world, 899)).toMatchObject({
      waitingFor:
        'Katello has not confirmed that the syncs of this rebuild have ended; i-new is still InService',
    });
    expect(world.instance('i-new').lifecycleState).toBe('InService');

    await rollback(world, 901);
    expect(world.instance('i-new').lifecycleState).toBe('Terminating');
  });

  test('that says no is not waited for', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.katello.failure = new NamedFailure('KatelloRejectsCredentials', '401');

    await rollback(world);

    expect(world.instance('i-new').lifecycleState).toBe('Terminating');
  });

  test('leaves its syncs to the next rebuild, which gets their ids', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.katello.failure = new NamedFailure('KatelloRejectsCredentials', '401');

    await restored(world);

    expect(world.record().leftSyncs).toEqual([{ owner: executionId, capsuleId: 2 }]);
  });

  test('keeps what an earlier rebuild has left in mind', async () => {
    const world = aRebuild({ replacement: 'InService' });
    const earlier = { owner: 'arn:earlier', capsuleId: 2 };
    world.records.set('berlin', { ...world.record(), leftSyncs: [earlier] });
    world.katello.failure = new NamedFailure('KatelloRejectsCredentials', '401');

    await restored(world);

    expect(world.record().leftSyncs).toEqual([earlier, { owner: executionId, capsuleId: 2 }]);
  });

  test('and has stopped every sync leaves none to the next rebuild', async () => {
    const world = aRebuild({ replacement: 'InService' });

    await restored(world);

    expect(world.record().leftSyncs).toEqual([]);
  });
});

describe('what was published meanwhile', () => {
  test('is owed as soon as the control name has to be moved back, and stays owed if the move fails', async () => {
    const world = aRebuild();
    world.addresses.set(controlName, '10.0.0.2');
    const ports = portsOf(world);
    const run = rollBackProxy.input.parse(aRun(world, { rollback: 0 }));
    const writeAddress = async (): Promise<never> => {
      throw new NamedFailure('AwsUnavailable', 'Route 53 does not answer');
    };

    await expectFailure(
      rollBackProxy.run({ ...ports, dns: { ...ports.dns, writeAddress } }, run),
      'AwsUnavailable',
      'Route 53',
    );

    expect(world.record().refill).toEqual({
      owner: executionId,
      capsuleId: 2,
      since: world.now.toISOString(),
      attempt: 0,
      taskId: null,
      isGivenUp: false,
    });
  });

  test('is owed with one name too, when Katello may have reached the replacement', async () => {
    const world = aRebuild({ incumbent: 'Standby', replacement: 'InService' });
    world.fleet = {
      ...world.fleet,
      proxies: world.fleet.proxies.map(({ controlName: _, ...proxy }) => proxy),
    };

    await restored(world);

    expect(world.record().refill?.owner).toBe(executionId);
  });

  test('is not owed by a rebuild whose fill has not begun', async () => {
    const world = aRebuild();

    await restored(world);

    expect(world.record().refill).toBeNull();
  });
});

describe('a permission that is denied', () => {
  const denied = async (): Promise<never> => {
    throw new NamedFailure('AwsForbids', 'UpdateAutoScalingGroup for group is not allowed');
  };

  test('for the launch template does not keep the incumbent in Standby, and is reported', async () => {
    const world = aRebuild({ incumbent: 'Standby', replacement: 'InService' });
    world.group.launchTemplate = { id: 'lt-1', version: '2' };
    const ports = portsOf(world);
    const run = rollBackProxy.input.parse(aRun(world, { rollback: 0 }));

    await expectFailure(
      rollBackProxy.run({ ...ports, groups: { ...ports.groups, change: denied } }, run),
      'AwsForbids',
      'UpdateAutoScalingGroup',
    );

    expect(world.instance('i-old').lifecycleState).toBe('Pending');
    expect(world.instance('i-new').lifecycleState).toBe('InService');
  });

  test('for the heartbeat does not keep the replacement', async () => {
    const world = aRebuild();
    const ports = portsOf(world);
    const run = rollBackProxy.input.parse(aRun(world, { rollback: 0 }));

    await rollBackProxy.run({ ...ports, groups: { ...ports.groups, heartbeat: denied } }, run);

    expect(world.instance('i-new').lifecycleState).toMatch(/^Terminating/);
  });
});
