import { describe, expect, test } from '@jest/globals';
import { settleProxy } from '../../functions/steps/settle-proxy.ts';
import { aRebuild, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import type { World } from './world.ts';

describe('settling', () => {
  const settle = (world: World, plan: object = {}, changes: object = {}) =>
    perform(world, settleProxy, aRun(world, { launch: 300, settle: 60 }, { plan, ...changes }));
  const alone = (): World => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
    world.resize(1);
    world.instance('i-new').protectedFromScaleIn = true;
    return world;
  };

  test('publishes the image of the proxy and puts the group in order', async () => {
    const world = alone();

    expect(await settle(world)).toEqual({ status: 'ready' });

    expect(world.imageParameters.get('/smart-proxy-rebuilder/europe/images/proxies/berlin')).toBe(
      'ami-2',
    );
    expect(world.group).toMatchObject({
      sizes: { min: 1, max: 2, desired: 1 },
      suspendedProcesses: [],
      launchTemplate: { version: '1' },
    });
    expect(world.instance('i-new').protectedFromScaleIn).toBe(false);
    expect(world.templateVersions.size).toBe(0);
  });

  test('remembers the rebuild and what it took', async () => {
    const world = alone();

    await settle(world);

    expect(world.record()).toMatchObject({
      restorePoint: null,
      durationsSeconds: { launch: [240], settle: [60] },
      lastRebuild: {
        at: world.now.toISOString(),
        imageId: 'ami-1',
        instanceId: 'i-new',
        certificateExpiresAt: '2046-11-02T12:00:00Z',
      },
    });
  });

  test('remembers what was compared of the content, for the next plan', async () => {
    const world = alone();
    const proven = { on_demand: 24, immediate: 2 };
    const content = { ...filledContent, proven };

    await settle(world, {}, { content });

    expect(world.record().lastRebuild?.proven).toEqual(proven);
  });

  test('leaves a refill that may still be paused for the next rebuild to stop', async () => {
    const world = alone();
    const refill = {
      owner: 'arn:earlier',
      capsuleId: 2,
      since: '2026-11-01T00:00:00Z',
      attempt: 1,
      taskId: 'task-1',
      isGivenUp: false,
    };
    world.records.set('berlin', { ...world.record(), refill });

    await settle(world);

    expect(world.record()).toMatchObject({
      refill: null,
      leftSyncs: [{ owner: 'arn:earlier', capsuleId: 2 }],
    });
  });

  test('run again finds nothing left to do, and learns nothing twice', async () => {
    const world = alone();
    await settle(world);
    const record = world.record();

    expect(await settle(world)).toEqual({ status: 'ready' });
    expect(world.record()).toEqual(record);
  });

  test('of a heal publishes no image', async () => {
    const world = alone();

    await settle(world, { imageId: null });

    expect(world.imageParameters.has('/smart-proxy-rebuilder/europe/images/proxies/berlin')).toBe(
      false,
    );
  });
});
