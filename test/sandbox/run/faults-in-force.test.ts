import { describe, expect, test } from '@jest/globals';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import type { ScenarioRun } from '../../../sandbox/run/run-scenario.ts';
import { proxyOf, runFaults } from './run.ts';

const proxy = 'eu-north';

const runOf = (...faults: readonly ScheduledFault[]): Promise<ScenarioRun> =>
  runFaults(faults, { proxies: [proxy] });

const executionNames = ({ simulation }: ScenarioRun): readonly string[] =>
  simulation.executions.all().map(({ name }) => name);

const secondsAt = ({ story }: ScenarioRun, wanted: string): number =>
  story.events.find(({ kind }) => kind === wanted)?.atSeconds ?? Number.NaN;

const minutesOf = (run: ScenarioRun, phase: string): number => {
  const span = proxyOf(run, proxy).phases.find(({ name }) => name === phase);
  return span === undefined ? Number.NaN : (span.endSeconds - span.startSeconds) / 60;
};

describe('an instance', () => {
  test('that boots slowly is waited for', async () => {
    const run = await runOf({ fault: 'slow-boot', proxy });

    expect(minutesOf(run, 'provision')).toBeGreaterThan(80);
    expect(proxyOf(run, proxy).outcome).toBe('rebuilt');
  });

  test('whose disk is full fails every sync, and that after it none', async () => {
    const run = await runFaults([{ fault: 'disk-full', proxy, times: 1 }], {
      proxies: [proxy],
      afterwards: (simulation) => simulation.start('rebuild-fleet', 'rebuild-2', { force: true }),
    });
    const ended = run.story.events.filter(({ kind }) => kind === 'sync-ended');
    const full = ended.filter(({ text }) => text.includes('no space left on device'));

    expect(full).toHaveLength(2);
    expect(run.simulation.probe.view(proxy)).toBe('served');
  });
});

describe('an event', () => {
  const dies: ScheduledFault = { fault: 'instance-dies', proxy, at: { seconds: 0 } };
  const heal = (fault?: ScheduledFault): Promise<ScenarioRun> =>
    runFaults([dies, ...(fault === undefined ? [] : [fault])], {
      proxies: ['eu-south'],
    });
  const healsOf = (run: ScenarioRun) =>
    run.simulation.executions.all().filter(({ name, input }) => {
      const { proxy: of } = Object(input) as { readonly proxy?: string };
      return name.startsWith('heal-') && of === proxy;
    });

  test('that is lost starts nothing, and all else is as it was', async () => {
    const run = await heal({ fault: 'event-lost', proxy });

    expect(healsOf(run)).toEqual([]);
    expect(run.simulation.probe.view(proxy)).toBe('incomplete');
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('that is late starts a heal minutes after the launch', async () => {
    const run = await heal({ fault: 'event-late', proxy });
    const [late] = healsOf(run);
    const launchedAt = secondsAt(run, 'instance-launched');
    const startedAt = ((late?.startedAt.getTime() ?? 0) - run.simulation.kernel.startedAt) / 1000;

    expect(startedAt - launchedAt).toBeGreaterThan(60);
    expect(run.simulation.probe.view(proxy)).toBe('served');
  });

  test('that comes twice starts two executions, of which one works', async () => {
    const run = await heal({ fault: 'event-twice', proxy, times: 1 });

    expect(executionNames(run)).toContainEqual(expect.stringMatching(/^heal-twice-i-/));
    expect(healsOf(run).map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(run.result.invariants.violations).toEqual([]);
  });
});

describe('what everybody relies on', () => {
  test('is a clock, which is ahead for the functions alone', async () => {
    const ahead: number[] = [];
    await runFaults([{ fault: 'clock-steps', at: { seconds: 100 }, forSeconds: 2000 }], {
      proxies: [proxy],
      prepare: ({ kernel, world }) => {
        for (const seconds of [50, 150, 2150])
          kernel.after(seconds, () => {
            ahead.push((world.environment.clock.now().getTime() - kernel.now()) / 1000);
          });
      },
    });

    expect(ahead).toEqual([0, 420, 0]);
  });

  test('are names, which a resolver may have looked up before they moved', async () => {
    const run = await runOf({ fault: 'dns-cached', proxy });

    expect(secondsAt(run, 'sync-started') - secondsAt(run, 'record-moved')).toBeGreaterThan(600);
  });

  test('are permissions, of which reading is left', async () => {
    const run = await runOf({ fault: 'permission-lost', at: { phase: 'provision' } });

    expect(proxyOf(run, proxy).failure?.name).toBe('KatelloForbids');
  });

  test('are calls that end in time: one that does not has its effect, and its task times out', async () => {
    const retries: string[] = [];
    const run = await runFaults(
      [{ fault: 'api-slow', service: 'autoscaling', at: { phase: 'launch' }, times: 1 }],
      {
        proxies: [proxy],
        prepare: ({ watch }) =>
          watch.onState(({ name }, state) => {
            if (state === 'retry') retries.push(name);
          }),
      },
    );

    expect(retries).toEqual(['rebuild-1-eu-north']);
    expect(minutesOf(run, 'launch')).toBeGreaterThan(2);
    expect(proxyOf(run, proxy).outcome).toBe('rebuilt');
    expect(run.result.invariants.violations).toEqual([]);
  });
});
