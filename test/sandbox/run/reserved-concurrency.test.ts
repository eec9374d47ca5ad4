import { expect, test } from '@jest/globals';
import { runScenario } from '../../../sandbox/run/run-scenario.ts';
import { readRunInput } from '../../../sandbox/scenario/run-input.ts';
import { errorNames } from '../../../statemachine/error-names.ts';
import { inWorld } from '../../cli/operator-world.ts';

/** Of one proxy at a time, all of which are started by hand at once. */
test('a sync waits while Lambda refuses to start it beside one that times out', async () => {
  const { scenario, fleet } = readRunInput({});
  const slow = { fault: 'api-slow', service: 'ec2', at: { phase: 'fill' }, times: 4 } as const;
  const { simulation, result } = await runScenario(
    {
      fleet: { ...fleet, cycle: { ...fleet.cycle, concurrency: 1 } },
      scenario: { ...scenario, faults: [slow] },
    },
    {
      transport: 'in-process',
      prepare: ({ executions }) => {
        for (const { name } of fleet.proxies)
          executions.start('rebuild-proxy', `own-${name}`, { proxy: name, reason: 'manual' });
      },
    },
  );

  const own = simulation.executions.all().filter(({ name }) => name.startsWith('own-'));
  expect(simulation.tasks.refusedBusy).toBeGreaterThan(0);
  expect(own.map(({ status }) => status)).toEqual(fleet.proxies.map(() => 'SUCCEEDED'));
  expect(result.invariants.violations).toEqual([]);
}, 60_000);

test('a function that times out keeps its place until then', async () => {
  await inWorld(
    async ({ simulation, sleep }) => {
      const { tasks } = simulation;
      const input = { execution: { id: 'arn:1', name: 'one', startedAt: '2026-01-10T22:00:00Z' } };
      const name = (call: Promise<unknown>) =>
        call.then(
          () => 'answered',
          (error: Error) => error.name,
        );
      const first = name(tasks.invoke('pruneImages', input));
      await sleep(10);

      expect(await name(tasks.invoke('pruneImages', input))).toBe(
        errorNames.functionLost.throttled,
      );
      expect(await first).toBe(errorNames.functionLost.timedOut);
      expect(await name(tasks.invoke('pruneImages', input))).not.toBe(
        errorNames.functionLost.throttled,
      );
    },
    { faults: [{ fault: 'api-slow', service: 'ssm', times: 1 }] },
  );
});
