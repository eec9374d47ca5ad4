import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { capsule, inProcess, SmallWorld } from '../katello/small-world.ts';
import { runFaults } from './run.ts';

describe('another fleet in the same Katello', () => {
  test('syncs its proxies by the same login, and is left alone', async () => {
    const run = await runFaults([{ fault: 'sync-pauses', proxy: 'eu-north' }], {
      proxies: ['eu-north'],
      hasNeighbours: true,
    });
    const { katello } = run.simulation.world;
    const theirs = katello.tasks
      .newestFirst()
      .filter((task) => task.capsule.description.isNeighbour === true);

    expect(theirs.length).toBeGreaterThan(2);
    expect(new Set(theirs.map(({ username }) => username)).size).toBe(1);
    expect(theirs.filter(({ state }) => state === 'stopped').map(({ result }) => result)).toEqual(
      theirs.filter(({ state }) => state === 'stopped').map(() => 'success'),
    );
    expect(run.result.invariants.violations).toEqual([]);
  });
});

describe('an act on a proxy of another fleet', () => {
  let world: SmallWorld;
  beforeEach(() => {
    world = new SmallWorld({ capsules: [{ ...capsule, isNeighbour: true }] });
  });
  afterEach(() => world.close());

  test('is noted, when a sync or a count is started there', async () => {
    await inProcess(world).startSync(2, 'complete', 'request-1');
    await inProcess(world).startCount(2, 'request-2');

    expect(world.katello.meddlings).toHaveLength(2);
  });

  test('is noted, when a task is stopped there', async () => {
    const content = inProcess(world);
    world.katello.startAutomaticSync(2);
    const activeTasks = await content.activeSyncs(2);
    expect(world.katello.meddlings).toEqual([]);

    await content.stopTasks(activeTasks);

    expect(world.katello.meddlings).not.toEqual([]);
  });
});
