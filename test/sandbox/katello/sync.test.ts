import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unsyncableTypes } from '../../../functions/domain/content-types.ts';
import { total } from '../../../functions/domain/content-verdict.ts';
import type { ContentPort } from '../../../functions/ports/content.ts';
import { Edge } from '../../../sandbox/katello/edge.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import { byRepository } from '../../../sandbox/katello/repositories.ts';
import {
  capsule,
  content,
  contentOver,
  controlName,
  inProcess,
  SmallWorld,
  serviceName,
  syncSeconds,
} from './small-world.ts';

let world: SmallWorld;
let katello: ContentPort;

beforeEach(() => {
  world = new SmallWorld();
  katello = inProcess(world);
});
afterEach(() => world.close());

/** Of a sync of one repository: planning, certificate guard, creation, start, 60 polls, distribution. */
const lastConnection = 65;

const longEnough = syncSeconds * 1.2 + 60;

/** Starts a sync, lets it end, and says how. */
const syncAndWait = async (scope: 'complete' | 'light', requestId = 'sync-1') => {
  const { id } = await katello.startSync(2, scope, requestId);
  await world.pass(longEnough);
  return katello.readTask(id);
};

describe('a sync of the simulated Katello', () => {
  test('fills the machine that the name leads to when it is complete', async () => {
    const task = await syncAndWait('complete');

    expect(task).toMatchObject({ state: 'stopped', result: 'success', progress: 1 });
    expect(world.replacement.store).toEqual(content);
  });

  test('takes about as long as the scenario says', async () => {
    const task = await syncAndWait('complete');

    const seconds = Number(task?.endedAt) / 1000 - Number(task?.startedAt) / 1000;
    expect(seconds).toBeGreaterThan(syncSeconds * 0.9);
    expect(seconds).toBeLessThan(syncSeconds * 1.2);
  });

  test('succeeds in seconds and transfers nothing when it is light: the trap', async () => {
    const { id } = await katello.startSync(2, 'light', 'sync-1');
    await world.pass(30);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'success' });
    expect(world.replacement.store).toEqual({});
  });

  test('meets the same trap when a naive client asks for it', async () => {
    katello = contentOver(new InProcessDispatcher(new Edge(world.katello, { naiveSync: true })));
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(30);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'success' });
    expect(world.replacement.store).toEqual({});
  });

  test('fills the wrong machine when the name was not moved', async () => {
    world.names.set(controlName, [world.incumbent]);

    expect(await syncAndWait('complete')).toMatchObject({ result: 'success' });
    expect(world.replacement.store).toEqual({});
  });

  test('scatters over two machines behind one name and ends in a warning', async () => {
    world.incumbent.store = {};
    world.names.set(controlName, [world.incumbent, world.replacement]);
    const task = await syncAndWait('complete');

    expect(task).toMatchObject({ state: 'stopped', result: 'warning' });
    expect(task?.errors.join()).toContain('404 Not Found');
    expect(world.replacement.store).not.toEqual(content);
  });

  test('ends in a warning when the machine dies half-way', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(syncSeconds / 2);
    world.replacement.alive = false;
    await world.pass(600);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'warning' });
  });

  test('is refused with a named failure, and leaves a failed task, when Pulp is not up', async () => {
    world.replacement.phase = 'installing';

    await expect(katello.startSync(2, 'complete', 'sync-1')).rejects.toMatchObject({
      name: 'KatelloUnavailable',
      message: expect.stringContaining('backend service pulp3'),
    });
    expect(world.katello.tasks.newestFirst()[0]).toMatchObject({
      state: 'stopped',
      result: 'error',
    });
  });

  test('is started after all by the same request id once Pulp is up', async () => {
    world.replacement.phase = 'installing';
    await expect(katello.startSync(2, 'complete', 'sync-1')).rejects.toThrow();
    world.replacement.phase = 'provisioned';

    expect(await syncAndWait('complete')).toMatchObject({ result: 'success' });
    expect(world.replacement.store).toEqual(content);
  });

  test('shows progress that is not monotonic, at most twenty times', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    const seen: number[] = [];
    for (let step = 0; step < 100; step += 1) {
      await world.pass(step < 20 ? 1 : syncSeconds / 70);
      seen.push((await katello.readTask(id))?.progress ?? -1);
    }

    expect(seen.some((value, index) => value < (seen[index - 1] ?? 0))).toBe(true);
    expect(seen.at(-1)).toBe(1);
    const told = world.events.filter(({ kind }) => kind === 'sync-progress');
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual(20);
  });

  test('is believed done, though not served, when its last request met another machine', async () => {
    let connections = 0;
    world.close();
    world = new SmallWorld({
      capsules: [{ ...capsule, content: { 'Production/Files': { file: 10 } } }],
      names: {
        barrier: () => null,
        connect: () => {
          connections += 1;
          return connections === lastConnection ? world.incumbent : world.replacement;
        },
      },
    });
    katello = inProcess(world);

    expect(await syncAndWait('complete', 'sync-1')).toMatchObject({ result: 'warning' });
    expect(connections).toBe(lastConnection);
    expect(await syncAndWait('light', 'sync-2')).toMatchObject({ result: 'success' });
    expect(world.replacement.store).toEqual({ 'Production/Files/file': {} });
  });

  test('tells its progress at most twenty times, however many repositories there are', async () => {
    const views = Array.from({ length: 40 }, (_, view) => [`Production/View ${view}`, { rpm: 50 }]);
    world.close();
    world = new SmallWorld({ capsules: [{ ...capsule, content: Object.fromEntries(views) }] });
    katello = inProcess(world);

    expect(await syncAndWait('complete')).toMatchObject({ result: 'success' });
    expect(world.events.filter(({ kind }) => kind === 'sync-progress').length).toBeLessThan(21);
  });

  test('costs at most a hundred timers, however long it takes', async () => {
    world.close();
    world = new SmallWorld({ syncSeconds: () => 86_400 });
    let timers = 0;
    const after = world.kernel.after.bind(world.kernel);
    world.kernel.after = (seconds, action) => {
      timers += 1;
      return after(seconds, action);
    };
    katello = inProcess(world);
    await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(100_000);

    expect(world.replacement.store).toEqual(content);
    expect(timers).toBeLessThan(100);
  });
});

describe('beside a running sync', () => {
  test('a second one is accepted and runs in parallel', async () => {
    const first = await katello.startSync(2, 'complete', 'sync-1');
    const second = await katello.startSync(2, 'complete', 'sync-2');

    expect(second.id).not.toBe(first.id);
    expect(await katello.activeSyncs(2)).toHaveLength(2);
  });

  test('publishing a content view starts one that nobody of us has asked for', async () => {
    world.katello.publish(2, 'Production/Base', { rpm: 2000, erratum: 200 });
    const activeTasks = await katello.activeSyncs(2);

    expect(activeTasks).toHaveLength(1);
    expect(activeTasks[0]?.requestId).toBeNull();

    await world.pass(longEnough);
    expect(world.replacement.store).toEqual(
      byRepository({ 'Production/Base': { rpm: 2000, erratum: 200 } }),
    );
  });
});

describe('counting', () => {
  test('shows what was counted long ago until somebody counts again', async () => {
    expect(world.byPath(await katello.readCounts(2))).toEqual(content);

    const { id } = await katello.startCount(2, 'count-1');
    await world.pass(60);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'success' });
    const counted = await katello.readCounts(2);
    expect(Object.keys(world.byPath(counted))).toEqual(Object.keys(content));
    expect(total(counted)).toBe(0);
  });

  test('happens by itself after a sync that has succeeded', async () => {
    await syncAndWait('complete');

    expect(world.byPath(await katello.readCounts(2))).toEqual(content);
    expect(world.katello.tasks.newestFirst()[0]?.label).toContain('UpdateContentCounts');
  });

  test('ends in a warning when nothing answers under the name', async () => {
    const { id } = await katello.startCount(2, 'count-1');
    world.replacement.alive = false;
    await world.pass(60);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'warning' });
  });
});

describe('faults of a sync', () => {
  test.each([
    ['sync-fails', 'stopped', 'error'],
    ['sync-warns', 'stopped', 'warning'],
    ['sync-pauses', 'paused', 'error'],
    ['sync-hangs', 'running', 'pending'],
    ['sync-incomplete', 'stopped', 'success'],
  ] as const)('%s: it is %s/%s, and content is missing', async (fault, state, result) => {
    world.faults.on.add(fault);
    const task = await syncAndWait('complete');

    expect(task).toMatchObject({ state, result });
    expect(world.replacement.store).not.toEqual(content);
  });

  test.each(['sync-incomplete', 'repository-empty', 'files-missing'] as const)(
    '%s: what the machine had stays, content and files',
    async (fault) => {
      await syncAndWait('complete');
      const { store, files } = world.replacement;
      world.faults.on.add(fault);
      await syncAndWait('complete', 'sync-2');

      expect(world.replacement.store).toEqual(store);
      expect(world.replacement.files).toEqual(files);
    },
  );

  test('a light sync is struck too, though it has nothing to do', async () => {
    world.faults.on.add('sync-pauses');

    expect(await syncAndWait('light')).toMatchObject({ state: 'paused', result: 'error' });
  });

  test('a sync that meets no Pulp when it begins is paused', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    world.replacement.alive = false;
    await world.pass(60);

    expect(await katello.readTask(id)).toMatchObject({ state: 'paused', result: 'error' });
  });
});

describe('stopping tasks', () => {
  test('cancels a running sync, which then ends in a warning', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(600);
    await katello.stopTasks(await katello.activeSyncs(2));
    await world.pass(60);

    const task = await katello.readTask(id);
    expect(task).toMatchObject({ state: 'stopped', result: 'warning' });
    expect(task?.errors.join()).toContain('Task canceled');
  });

  test('does not reach a sync that still creates repositories', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    for (let step = 0; (await katello.readTask(id))?.progress !== 0.07; step += 1) {
      expect(step).toBeLessThan(40);
      await world.pass(0.1);
    }
    await katello.stopTasks(await katello.activeSyncs(2));
    await world.pass(longEnough);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'success' });
  });

  test('cancels a sync that hangs', async () => {
    world.faults.on.add('sync-hangs');
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(longEnough);
    await katello.stopTasks(await katello.activeSyncs(2));
    await world.pass(60);

    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'warning' });
  });

  test('halts a sync that is paused', async () => {
    world.faults.on.add('sync-pauses');
    const task = await syncAndWait('complete');
    await katello.stopTasks(task === null ? [] : [task]);

    expect(await katello.readTask(task?.id ?? '')).toMatchObject({
      state: 'stopped',
      result: 'error',
    });
  });

  test('halts a sync that is still planned', async () => {
    const planned = await katello.startSync(2, 'complete', 'sync-1');
    await katello.stopTasks([planned]);
    await world.pass(longEnough);

    expect(await katello.readTask(planned.id)).toMatchObject({
      state: 'stopped',
      result: 'cancelled',
    });
    expect(world.replacement.store).toEqual({});
  });

  test('fails, planned or running, when the proxy is removed', async () => {
    const planned = await katello.startSync(2, 'complete', 'sync-1');
    world.katello.remove(world.katello.capsule(2));

    expect(await katello.readTask(planned.id)).toMatchObject({ state: 'stopped', result: 'error' });
  });

  test('resumes after the executor was restarted', async () => {
    const { id } = await katello.startSync(2, 'complete', 'sync-1');
    await world.pass(600);
    world.katello.restartExecutor(120);

    expect(await katello.readTask(id)).toMatchObject({ state: 'paused', result: 'pending' });
    await world.pass(longEnough);
    expect(await katello.readTask(id)).toMatchObject({ state: 'stopped', result: 'success' });
  });
});

describe('refreshing features', () => {
  test('finds Pulpcore with its capabilities', async () => {
    const refreshed = await katello.refreshFeatures(2);
    const pulpcore = refreshed.features.filter(({ name }) => name === 'Pulpcore');

    expect(pulpcore).toHaveLength(1);
    expect(pulpcore[0]?.capabilities).toContain('rpm');
  });

  test('fails by name when nothing answers behind the registered address', async () => {
    world.names.delete(serviceName);

    await expect(katello.refreshFeatures(2)).rejects.toMatchObject({
      name: 'FeaturesNotRefreshed',
      message: expect.stringContaining('Unable to communicate with the proxy'),
    });
  });

  test('finds no capabilities while the proxy installs, and a sync then does nothing', async () => {
    world.incumbent.phase = 'installing';
    const refreshed = await katello.refreshFeatures(2);

    expect(refreshed.features.find(({ name }) => name === 'Pulpcore')?.capabilities).toEqual([]);
    expect(unsyncableTypes(refreshed, await katello.contentTypes(2))).toEqual(['yum', 'docker']);

    const task = await syncAndWait('complete');
    expect(task?.result).toBe('success');
    expect(world.replacement.store).toEqual({});
  });
});
