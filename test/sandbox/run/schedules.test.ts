import { expect, test } from '@jest/globals';
import { inWorld } from '../../cli/operator-world.ts';

const daySeconds = 86_400;

/** No person starts an execution. The fleet is new, and its functions have never been called. */
test('the deployed schedules alone keep a fleet within its age limit, and its functions awake', async () => {
  const world = await inWorld(
    async ({ simulation, sleep }) => {
      simulation.deploySchedules();
      for (let day = 0; day < 23; day += 1) await sleep(daySeconds);
    },
    { ageDays: 0 },
  );

  const fleetRuns = world.executions.all().filter(({ machine }) => machine === 'rebuild-fleet');
  const sweeps = fleetRuns.filter(({ name }) => name.startsWith('sweep-'));
  const [cycle, ...more] = fleetRuns.filter(({ name }) => name.startsWith('cycle-'));
  const days = (instant: Date) => (instant.getTime() - world.kernel.startedAt) / 1000 / daySeconds;
  expect(more).toEqual([]);
  expect(days(cycle?.startedAt ?? new Date(0))).toBeCloseTo(21, 2);
  expect(new Set(sweeps.map(({ startedAt }) => startedAt.toISOString().slice(11, 16)))).toEqual(
    new Set(['11:00']),
  );
  expect(sweeps.length).toBeGreaterThan(20);
  const living = world.world.machines.living();
  expect(
    living.map(({ id }) => days(new Date(world.world.aws.instances.get(id)?.launchedAt ?? 0))),
  ).not.toContain(0);
  expect(world.tasks.refusedAsleep).toBe(0);
  expect(world.checker.violations).toEqual([]);
}, 120_000);
