import { describe, expect, test } from '@jest/globals';
import { admitInEmergency } from '../../functions/steps/admit-in-emergency.ts';
import { examineLock } from '../../functions/steps/examine-lock.ts';
import { aProxyAtRest, aRebuild, aRun, executionId } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

describe('a lock that could not be taken', () => {
  const examine = (world: World) => perform(world, examineLock, aRun(world));
  const lockedBy = (executionArn: string): World => {
    const world = aProxyAtRest();
    world.lock = { executionArn, reason: 'heal', takenAt: new Date('2026-11-02T10:00:00Z') };
    return world;
  };

  test('is held while its owner runs, and says since when', async () => {
    const world = lockedBy('arn:other');
    world.executions = [{ arn: 'arn:other', startedAt: world.now }];

    expect(await examine(world)).toEqual({
      status: 'held',
      owner: 'arn:other',
      failure: {
        Error: 'RebuildInProgress',
        Cause: 'arn:other (heal) has held the lock of berlin since 2026-11-02T10:00:00.000Z',
      },
    });
  });

  test('is abandoned when its owner runs no more', async () => {
    expect(await examine(lockedBy('arn:other'))).toMatchObject({
      status: 'abandoned',
      owner: 'arn:other',
    });
  });

  test('is abandoned when the event says that its owner has ended, whatever a late answer says', async () => {
    const world = lockedBy('arn:other');
    world.executions = [{ arn: 'arn:other', startedAt: world.now }];
    const run = aRun(world, {}, { request: { reason: 'rollback', interrupted: 'arn:other' } });

    expect(await perform(world, examineLock, run)).toMatchObject({ status: 'abandoned' });
  });

  test('is free when nobody holds it, or this execution does', async () => {
    expect(await examine(aProxyAtRest())).toMatchObject({ status: 'free' });
    expect(await examine(lockedBy(executionId))).toMatchObject({ status: 'free' });
  });
});

describe('when Auto Scaling launches beside a running rebuild', () => {
  const relieve = (world: World, request: object = {}) =>
    perform(world, admitInEmergency, aRun(world, {}, { request: { reason: 'heal', ...request } }));

  test('nothing is done while anything serves', async () => {
    const world = aRebuild();
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: null });
    expect(world.writes).toBe(0);
  });

  test('an incumbent that stands by comes back first', async () => {
    const world = aRebuild({ incumbent: 'Standby' });
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: 'i-old' });
  });

  test('a provisioned replacement is better than nothing', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'done', certificate: null });

    expect(await relieve(world)).toMatchObject({ admitted: 'i-new' });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');
  });

  test('a machine that still boots is not admitted', async () => {
    const world = aRebuild({ incumbent: 'gone' });
    world.boots.set('i-new', { status: 'running', step: 'installer' });

    expect(await relieve(world)).toMatchObject({ admitted: null });
  });
});

describe('a heal beside a running rebuild', () => {
  const look = (world: World, instanceId: string) =>
    perform(world, admitInEmergency, aRun(world, {}, { request: { reason: 'heal', instanceId } }));
  const beside = (): World => {
    const world = aRebuild();
    world.add('i-more', 'Pending:Wait');
    return world;
  };

  test('waits for the lock when the instance belongs to no rebuild', async () => {
    expect(await look(beside(), 'i-more')).toEqual({
      status: 'waiting',
      waitSeconds: 60,
      waitingFor: 'another rebuild holds the lock and i-more does not belong to it',
      admitted: null,
    });
  });

  test('waits the longer the longer it has waited, but never over half an hour', async () => {
    const world = beside();

    world.pass(1200);
    expect(await look(world, 'i-more')).toMatchObject({ waitSeconds: 300 });
    world.pass(86_400);
    expect(await look(world, 'i-more')).toMatchObject({ waitSeconds: 1800 });
  });

  test('looks again soon while nothing serves', async () => {
    const world = beside();
    world.remove('i-old');

    expect(await look(world, 'i-more')).toMatchObject({ status: 'waiting', waitSeconds: 30 });
  });

  test('leaves alone what the rebuild has launched', async () => {
    const world = beside();
    world.add('i-its-own', 'Pending:Wait', { tags: { 'smart-proxy-rebuilder:rebuild': 'run-1' } });

    expect(await look(world, 'i-its-own')).toMatchObject({ status: 'taken-care-of' });
  });

  test.each(['Terminating', 'Terminating:Wait'] as const)(
    'leaves alone what is %s',
    async (state) => {
      const world = beside();
      world.instance('i-more').lifecycleState = state;

      expect(await look(world, 'i-more')).toMatchObject({ status: 'taken-care-of' });
    },
  );

  test('leaves alone what is gone', async () => {
    expect(await look(beside(), 'i-none')).toMatchObject({ status: 'taken-care-of' });
  });
});
