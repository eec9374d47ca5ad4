import { describe, expect, test } from '@jest/globals';
import type { Phase } from '../../functions/domain/record.ts';
import { waiting } from '../../functions/domain/waiting.ts';
import { checkSync } from '../../functions/steps/check-sync.ts';
import { startSync } from '../../functions/steps/start-sync.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

type Answer = Record<string, unknown>;
type Began = Partial<Record<Phase, number>>;

const start = async (
  world: World,
  changes: object = {},
  began: Began = { fill: 0 },
): Promise<Answer> => Object(await perform(world, startSync, aRun(world, began, changes)));
const check = async (world: World, sync: Answer, began: Began = { fill: 0 }): Promise<Answer> =>
  Object(await perform(world, checkSync, aRun(world, began, { sync })));

describe('the start of a sync', () => {
  test('asks for a complete one, as the replacement is empty', async () => {
    const world = aRebuild();

    expect(await start(world)).toMatchObject({
      status: 'started',
      taskId: 'task-1',
      scope: 'complete',
      attempt: 1,
    });
    expect(world.katello.started).toEqual(['complete sync']);
  });

  test('run twice follows the one that it has started', async () => {
    const world = aRebuild();

    expect(await start(world)).toEqual(await start(world));
    expect(world.katello.started).toHaveLength(1);
  });

  test('asks for a light one after the change-over of a filled replacement', async () => {
    const world = aRebuild();

    await start(world, { content: filledContent }, { fill: 9, changeover: 0 });

    expect(world.katello.started).toEqual(['light sync']);
  });

  test('asks for a complete one after the change-over of one that was never verified', async () => {
    const world = aRebuild();

    await start(world, {}, { changeover: 0 });

    expect(world.katello.started).toEqual(['complete sync']);
  });

  test('begins again for the next attempt', async () => {
    const world = aRebuild();
    const first = await start(world);

    const second = await start(world, {
      sync: { ...first, ...waiting(60, 'the next attempt'), status: 'again' },
    });

    expect(second).toMatchObject({ attempt: 2, taskId: 'task-2' });
  });

  test('continues a fill that the loss of the incumbent has interrupted', async () => {
    const world = aRebuild();
    const first = await start(world);
    const sync = { ...first, status: 'incumbent-lost' };

    expect(await start(world, { sync }, { changeover: 0 })).toMatchObject({ taskId: 'task-1' });

    world.katello.move('task-1', 'stopped', 'error');
    expect(await start(world, { sync }, { changeover: 0 })).toMatchObject({ taskId: 'task-2' });
  });

  test('is refused without a replacement, or without a proxy in Katello', async () => {
    const world = aRebuild();
    await expectFailure(start(world, { plan: { capsuleId: null } }), 'CapsuleNotFound');

    world.remove('i-new');
    await expectFailure(start(world), 'ReplacementLost');

    expect(world.katello.started).toEqual([]);
  });
});

describe('a running sync', () => {
  const syncing = async (standing: Parameters<typeof aRebuild>[0] = {}) => {
    const world = aRebuild(standing);
    return { world, sync: await start(world) };
  };

  test('is waited for', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'running', 'pending', 0.3);

    expect(await check(world, sync)).toEqual({
      ...sync,
      status: 'waiting',
      progress: 0.3,
      progressAt: '2026-11-02T12:00:00.000Z',
      waitSeconds: 50,
      waitingFor: "Katello's sync is running, 30 %",
    });
  });

  test.each([
    [1799, 1],
    [1800, 2],
  ])(
    'gets, %i s after the first heartbeat of the launch hook, %i in all',
    async (seconds, times) => {
      const { world, sync } = await syncing();
      const startedAt = world.now;
      world.now = new Date(startedAt.getTime() + seconds * 1000);
      const { hookKeptAt } = await check(world, sync);

      expect(world.heartbeats).toHaveLength(times);
      expect(hookKeptAt).toBe((times === 1 ? startedAt : world.now).toISOString());
    },
  );

  test('has no launch hook to keep open once the replacement serves', async () => {
    const { world, sync } = await syncing({ replacement: 'InService' });
    await check(world, sync);

    expect(world.heartbeats).toEqual([]);
  });

  test('that succeeds after its time is ready', async () => {
    const { world, sync } = await syncing();
    world.pass(3600);
    world.katello.move('task-1', 'stopped', 'success');

    const { waitSeconds: _, waitingFor: __, ...followed } = sync;
    expect(await check(world, sync)).toEqual({
      ...followed,
      status: 'ready',
      progress: 1,
      progressAt: '2026-11-02T13:00:00.000Z',
      tookSeconds: 3600,
    });
  });

  test('is loaded for its progress now and then only, and its end is noticed at once', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'running', 'pending', 0.3);
    let last = await check(world, sync);
    expect(world.katello.tasksLoaded).toBe(1);

    world.pass(599);
    last = await check(world, { ...sync, ...last });
    expect(last).toMatchObject({ status: 'waiting', progress: 0.3 });
    expect(world.katello.tasksLoaded).toBe(1);

    world.pass(1);
    last = await check(world, { ...sync, ...last });
    expect(world.katello.tasksLoaded).toBe(2);

    world.pass(20);
    world.katello.move('task-1', 'stopped', 'success');
    expect(await check(world, { ...sync, ...last })).toMatchObject({ status: 'ready' });
  });

  test('that succeeds in seconds is ready as well: the content gate judges it', async () => {
    const { world, sync } = await syncing();
    world.pass(5);
    world.katello.move('task-1', 'stopped', 'success');

    expect(await check(world, sync)).toMatchObject({ status: 'ready', tookSeconds: 5 });
  });

  test('that pauses is stopped and tried again', async () => {
    const { world, sync } = await syncing();
    world.katello.move('task-1', 'paused', 'error');

    expect(await check(world, sync)).toMatchObject({
      status: 'again',
      waitSeconds: 60,
      waitingFor: "Katello's sync ended as paused/error; starting attempt 2",
    });
    expect(world.katello.tasks.get('task-1')).toMatchObject({
      state: 'stopped',
      result: 'cancelled',
    });
  });

  test('that Katello forgets ends the rebuild', async () => {
    const { world, sync } = await syncing();
    world.katello.tasks.clear();

    await expectFailure(check(world, sync), 'SyncTaskGone', 'task-1');
  });

  test('is cut short when nothing serves any more', async () => {
    const { world, sync } = await syncing({ incumbent: 'gone' });

    expect(await check(world, sync)).toMatchObject({ status: 'incumbent-lost', taskId: 'task-1' });
  });

  test('of a replacement that serves is not cut short', async () => {
    const { world, sync } = await syncing({ incumbent: 'gone', replacement: 'InService' });

    expect(await check(world, sync, { changeover: 0 })).toMatchObject({ status: 'waiting' });
  });

  test('ends with its replacement', async () => {
    const { world, sync } = await syncing();
    world.machines.delete('i-new');

    await expectFailure(check(world, sync), 'ReplacementLost');
  });

  test('that takes longer than the fleet file allows, with all its attempts, ends the rebuild', async () => {
    const { world, sync } = await syncing();
    const limitSeconds = 36 * 3600;

    expect(await check(world, sync, { fill: limitSeconds })).toMatchObject({ status: 'waiting' });
    await expectFailure(check(world, sync, { fill: limitSeconds + 1 }), 'SyncTimedOut');
  });
});
