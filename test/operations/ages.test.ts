import { describe, expect, test } from '@jest/globals';
import { emptyRecord } from '../../functions/domain/record.ts';
import { readAges } from '../../functions/operations/ages.ts';
import { aProxyAtRest, aRebuild, aRestorePoint } from '../steps/a-rebuild.ts';
import { portsOf } from '../steps/in-memory-ports.ts';
import type { World } from '../steps/world.ts';

const ageOf = async (world: World) => {
  const [age] = await readAges(portsOf(world), world.fleet, world.now);
  return age;
};

describe('the age of a proxy', () => {
  test('is that of its oldest instance, also one that stands by', async () => {
    const world = aRebuild({ incumbent: 'Standby', replacement: 'InService' });

    expect((await ageOf(world))?.launchedAt?.toISOString()).toBe('2026-10-15T12:00:00.000Z');
  });

  test('is not that of an instance that leaves', async () => {
    const world = aRebuild({ incumbent: 'Terminating:Wait', replacement: 'InService' });

    expect((await ageOf(world))?.launchedAt).toEqual(world.now);
  });

  test('is none when there is no instance', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');

    expect((await ageOf(world))?.launchedAt).toBeNull();
  });
});

describe('a rebuild is expected to take', () => {
  test('six hours before one was seen', async () => {
    expect((await ageOf(aProxyAtRest()))?.expectedSeconds).toBe(6 * 3600);
  });

  test('what its phases took, each by its median', async () => {
    const world = aProxyAtRest();
    const durationsSeconds = { launch: [60, 100, 20], fill: [5000, 3000, 4000] };
    world.records.set('berlin', { ...emptyRecord, durationsSeconds });

    expect((await ageOf(world))?.expectedSeconds).toBe(4060);
  });
});

describe('what was left behind', () => {
  const lastRebuild = {
    at: '2026-10-15T12:00:00.000Z',
    imageId: 'ami-1',
    instanceId: 'i-old',
    certificateExpiresAt: null,
  };

  test.each<[string, object, string | null]>([
    [
      'is an instance of which nothing is known, as after a first rebuild that was rolled back',
      {},
      'its content was never verified',
    ],
    ['is nothing while the instance of the last rebuild serves', { lastRebuild }, null],
    [
      'is an instance that nobody has verified',
      { lastRebuild: { ...lastRebuild, instanceId: 'i-before' } },
      'its content was never verified',
    ],
    [
      'is a rebuild that was interrupted',
      { lastRebuild, restorePoint: aRestorePoint() },
      'an earlier rebuild was interrupted',
    ],
  ])('%s', async (_name, changes, words) => {
    const world = aProxyAtRest();
    world.records.set('berlin', { ...emptyRecord, ...changes });

    expect((await ageOf(world))?.leftBehind).toBe(words);
  });

  test('is nothing of a proxy that has no instance: it is due for that', async () => {
    const world = aProxyAtRest();
    world.remove('i-old');

    expect((await ageOf(world))?.leftBehind).toBeNull();
  });
});

describe('the certificates of a proxy', () => {
  test.each([
    ['i-old', '2026-11-20T00:00:00Z'],
    ['i-before', null],
  ])('are known of the instance of the last rebuild: %s', async (instanceId, expected) => {
    const world = aProxyAtRest();
    const lastRebuild = {
      at: '2026-10-15T12:00:00.000Z',
      imageId: 'ami-1',
      instanceId,
      certificateExpiresAt: '2026-11-20T00:00:00Z',
    };
    world.records.set('berlin', { ...emptyRecord, lastRebuild });

    expect((await ageOf(world))?.certificateExpiresAt).toBe(expected);
  });
});
