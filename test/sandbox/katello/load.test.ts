import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContentPort } from '../../../functions/ports/content.ts';
import type { Load } from '../../../sandbox/katello/load.ts';
import { Random } from '../../../sandbox/kernel/random.ts';
import { loadOfLargeSite } from '../../../sandbox/measure/katello-load.ts';
import { someContent } from '../../../sandbox/world/content.ts';
import { capsule, inProcess, SmallWorld } from './small-world.ts';

/** Of one rebuild of a proxy with a thousand repositories. */
const budget = { calls: 80, plans: 60, steps: 100_000 } as const;

describe('a Katello with a thousand repositories and the tasks of 30 days', () => {
  let world: SmallWorld;
  let katello: ContentPort;

  beforeEach(() => {
    const content = someContent(new Random(1), 1000);
    world = new SmallWorld({ capsules: [{ ...capsule, content }], taskDays: 30 });
    katello = inProcess(world);
  });
  afterEach(() => world.close());

  const loadBy = async (act: () => Promise<unknown>): Promise<Load> => {
    const before = world.katello.load.total;
    await act();
    const after = world.katello.load.total;
    return { ...after, plans: after.plans - before.plans, steps: after.steps - before.steps };
  };

  test('tells counts without loading a plan', async () => {
    expect(await loadBy(() => katello.readCounts(2))).toMatchObject({ plans: 0, steps: 0 });
    expect(await loadBy(() => katello.contentTypes(2))).toMatchObject({ plans: 0, steps: 0 });
  });

  test('tells whether a sync is under way without loading its plan, which its progress needs', async () => {
    const { id } = await katello.startSync(2, 'complete', 'rebuild-1');

    expect(await loadBy(() => katello.isUnderWay(id))).toMatchObject({ plans: 0, steps: 0 });
    expect(await loadBy(() => katello.readTask(id))).toMatchObject({ plans: 1, steps: 6020 });
  });

  test('lists the few syncs that were asked for, however many others it has kept', async () => {
    await katello.startSync(2, 'complete', 'rebuild-1');

    expect((await loadBy(() => katello.startSync(2, 'complete', 'rebuild-1'))).plans).toBe(2);
    expect((await loadBy(() => katello.activeSyncs(2))).plans).toBe(2);
    expect((await loadBy(() => katello.findTasks(2, ['rebuild-1']))).plans).toBe(2);
  });

  test('does not answer in time what a sync status needs', async () => {
    await expect(katello.repositoryNames(2)).rejects.toMatchObject({ name: 'KatelloUnavailable' });

    const { timeouts, plans, longestSeconds } = world.katello.load.total;
    expect(timeouts).toBe(1);
    expect(plans).toBeGreaterThan(budget.plans);
    expect(longestSeconds).toBeGreaterThan(120);
  });

  test('would load more than a whole rebuild may if counts came with the sync status once', async () => {
    const load = await loadBy(() => katello.repositoryNames(2).catch(() => undefined));

    expect(load.plans).toBeGreaterThan(budget.plans);
  });
});

test('a rebuild of a proxy with a thousand repositories stays within its budget', async () => {
  const { calls, plans, steps, timeouts } = await loadOfLargeSite();

  expect(timeouts).toBe(0);
  expect(calls).toBeLessThanOrEqual(budget.calls);
  expect(plans).toBeLessThanOrEqual(budget.plans);
  expect(steps).toBeLessThanOrEqual(budget.steps);
});
