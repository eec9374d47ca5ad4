import { describe, expect, test } from '@jest/globals';
import { syncRequestId } from '../../functions/domain/derived-id.ts';
import { emptyRecord } from '../../functions/domain/record.ts';
import type { Refill } from '../../functions/domain/refill.ts';
import { checkRefill } from '../../functions/steps/check-refill.ts';
import { inspectProxy } from '../../functions/steps/inspect-proxy.ts';
import { refillProxy } from '../../functions/steps/refill-proxy.ts';
import { aProxyAtRest, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { katelloIsAway } from './katello.ts';
import type { World } from './world.ts';

const owing = (changes: Partial<Refill> = {}): World => {
  const world = aProxyAtRest();
  const refill = {
    owner: 'arn:earlier',
    capsuleId: 2,
    since: world.now.toISOString(),
    attempt: 0,
    taskId: null,
    isGivenUp: false,
    ...changes,
  };
  world.records.set('berlin', { ...emptyRecord, refill });
  return world;
};

const refill = async (world: World) => Object(await perform(world, refillProxy, aRun(world)));
const check = async (world: World) => Object(await perform(world, checkRefill, aRun(world)));

const endAs = (world: World, result: 'success' | 'error' | 'cancelled'): void => {
  world.pass(3600);
  world.katello.move(`task-${world.katello.tasks.size}`, 'stopped', result);
};

describe('a refill', () => {
  test('is started once, as a complete sync, and followed', async () => {
    const world = owing();

    expect(await refill(world)).toMatchObject({ status: 'waiting', taskId: 'task-1' });
    expect(await refill(world)).toMatchObject({ status: 'waiting', taskId: 'task-1' });
    expect(world.katello.started).toEqual(['complete sync']);
    expect(await check(world)).toMatchObject({ status: 'waiting', taskId: 'task-1' });
  });

  test('whose start was not recorded is adopted', async () => {
    const world = owing();
    const { refill: before } = world.record();
    await refill(world);
    world.records.set('berlin', { ...world.record(), refill: before });

    expect(await refill(world)).toMatchObject({ taskId: 'task-1' });
    expect(world.katello.started).toEqual(['complete sync']);
  });

  test('that has succeeded is settled under the lock', async () => {
    const world = owing();
    await refill(world);
    endAs(world, 'success');

    expect(await check(world)).toEqual({ status: 'lock-needed' });
    expect(await refill(world)).toMatchObject({ outcome: 'filled', owner: 'arn:earlier' });
    expect(world.record().refill).toBeNull();
    expect(await refill(world)).toMatchObject({ outcome: 'nothing-owed' });
  });

  test('that has failed is tried again, and given up after the attempts of a fill', async () => {
    const world = owing();
    await refill(world);
    endAs(world, 'error');

    expect(await refill(world)).toMatchObject({ status: 'waiting', taskId: 'task-2' });
    endAs(world, 'error');
    expect(await refill(world)).toMatchObject({
      outcome: 'given-up',
      failure: { name: 'SyncFailed' },
    });
    expect(world.record().refill?.isGivenUp).toBe(true);
    expect(await refill(world)).toMatchObject({ outcome: 'nothing-owed' });
  });

  test.each([
    ['somebody has cancelled it', 'cancelled', 3600, 'SyncCancelled'],
    ['it has synced nothing', 'success', 0, 'SyncSuspiciouslyFast'],
  ] as const)('is given up when %s', async (_why, result, seconds, name) => {
    const world = owing();
    const content = { ...world.fleet.content, minimumSyncSeconds: 60 };
    world.fleet = { ...world.fleet, content };
    await refill(world);
    world.pass(seconds);
    world.katello.move('task-1', 'stopped', result);

    expect(await refill(world)).toMatchObject({ outcome: 'given-up', failure: { name } });
  });

  test('that waits for a person is stopped before the next attempt', async () => {
    const world = owing();
    await refill(world);
    world.katello.move('task-1', 'paused', 'error');

    await refill(world);

    expect(world.katello.tasks.get('task-1')?.state).toBe('stopped');
    expect(world.katello.open).toEqual(['task-2']);
  });

  test('that never ends is given up, once a fill would have been', async () => {
    const world = owing();
    await refill(world);
    world.pass(world.fleet.content.syncLimitHours * 3600 + 1);

    expect(await check(world)).toEqual({ status: 'lock-needed' });
    expect(await refill(world)).toMatchObject({ failure: { name: 'SyncTimedOut' } });
  });

  test('stays owed while Katello is away, without the lock being asked for', async () => {
    const world = owing();
    world.katello.failure = katelloIsAway;

    expect(await refill(world)).toMatchObject({ status: 'waiting', taskId: null });
    expect(await check(world)).toMatchObject({ status: 'waiting', taskId: null });
    expect(world.record().refill?.taskId).toBeNull();
    world.katello.failure = null;
    expect(await check(world)).toEqual({ status: 'lock-needed' });
  });

  test('waits until the syncs of the rebuild have stopped', async () => {
    const world = owing();
    const leftSyncs = [{ owner: executionId, capsuleId: 2 }];
    world.records.set('berlin', { ...world.record(), leftSyncs });
    await world.katello.startSync(2, 'complete', syncRequestId(executionId, 'fill', 1));

    expect(await refill(world)).toMatchObject({ status: 'waiting', waitSeconds: 60 });
    expect(await refill(world)).toMatchObject({ taskId: 'task-2' });
    expect(world.record().leftSyncs).toEqual([]);
  });

  test('is stopped by the next rebuild, and started again if that changes nothing', async () => {
    const world = owing();
    await refill(world);

    await perform(world, inspectProxy, aRun(world, { inspect: 0 }));
    await perform(world, inspectProxy, aRun(world, { inspect: 60 }));

    expect(world.katello.tasks.get('task-1')?.result).toBe('cancelled');
    expect(world.record().refill).toMatchObject({ attempt: 1, taskId: null });
    expect(await refill(world)).toMatchObject({ taskId: 'task-2' });
  });
});
