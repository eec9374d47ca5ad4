import { describe, expect, test } from '@jest/globals';
import { announceOutcome } from '../../functions/steps/announce-outcome.ts';
import { rollBackProxy } from '../../functions/steps/roll-back-proxy.ts';
import { aRebuild, aRun } from '../steps/a-rebuild.ts';
import { perform } from '../steps/in-memory-ports.ts';
import type { World } from '../steps/world.ts';

/** Values that no step writes, for every section but the two facts that a rollback needs. */
const odd: readonly unknown[] = [null, 'text', 7, [], { status: 'unheard-of' }, { rollback: null }];

const sections = ['plan', 'launch', 'baseline', 'sync', 'fence', 'rollback', 'lock'] as const;

const oddRun = (world: World, value: unknown): object => {
  const { execution, request, ...run } = aRun(world) as Record<string, object>;
  return {
    ...run,
    ...Object.fromEntries(sections.map((section) => [section, value])),
    phases: value,
    execution: { ...execution, name: null, startedAt: value },
    request: { ...request, imageId: 7, instanceId: [], interrupted: {} },
  };
};

describe('a record with an odd section', () => {
  test.each(odd)('is rolled back all the same: %j', async (value) => {
    const world = aRebuild();

    expect(await perform(world, rollBackProxy, oddRun(world, value))).toMatchObject({
      status: 'waiting',
    });

    expect(world.instance('i-new').lifecycleState).toBe('Terminating');
  });

  test.each(odd)('is announced all the same, as a failure: %j', async (value) => {
    const world = aRebuild();
    const run = { ...oddRun(world, value), failure: value };

    expect(await perform(world, announceOutcome, run)).toEqual({ announced: true });

    expect(world.posted[0]?.title).toMatch(/^berlin: rebuild failed/);
  });
});

test('instants of other interpreters are instants', async () => {
  const world = aRebuild();
  const startedAt = new Date(world.now.getTime() - 61_000).toISOString().replace('Z', '572+00:00');
  const run = { ...aRun(world), phases: { rollback: { startedAt }, fill: { startedAt: 'noon' } } };

  await perform(world, rollBackProxy, run);
  world.pass(30);

  expect(await perform(world, rollBackProxy, run)).toMatchObject({ status: 'ready' });
});
