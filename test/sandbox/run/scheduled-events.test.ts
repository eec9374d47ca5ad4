import { describe, expect, test } from '@jest/globals';
import { resourceNames } from '../../../functions/domain/resource-names.ts';
import type { ScalingGroup } from '../../../sandbox/aws/scaling-group.ts';
import type { ScheduledFault } from '../../../sandbox/faults/fault.ts';
import type { ScenarioRun } from '../../../sandbox/run/run-scenario.ts';
import type { Simulation } from '../../../sandbox/run/simulation.ts';
import { proxyOf, runFaults } from './run.ts';

const proxy = 'eu-north';
const redrivenName = 'rebuild-1-eu-north';
const inSync = { proxy, at: { phase: 'sync', afterSeconds: 3600 } } as const;

const runOf = (
  fault: ScheduledFault,
  afterwards?: (simulation: Simulation) => void,
): Promise<ScenarioRun> =>
  runFaults([fault], { proxies: [proxy], ...(afterwards && { afterwards }) });

const groupOf = ({ world }: Simulation): ScalingGroup => {
  const group = world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));
  if (group === undefined) throw new Error(`no group of ${proxy}`);
  return group;
};

const statuses = ({ simulation }: ScenarioRun): Readonly<Record<string, string>> =>
  Object.fromEntries(simulation.executions.all().map(({ name, status }) => [name, status]));

const textsOf = ({ story }: ScenarioRun, kind: string): readonly string[] =>
  story.events.filter((event) => event.kind === kind).map(({ text }) => text);

describe('a person at the console', () => {
  test('stops the rebuild of a proxy, and the fleet sees it fail', async () => {
    const run = await runOf({ fault: 'execution-stopped', ...inSync });

    expect(statuses(run)).toMatchObject({
      'rebuild-1': 'FAILED',
      'rebuild-1-eu-north': 'ABORTED',
      'rollback-rebuild-1-eu-north': 'SUCCEEDED',
    });
  });

  test('stops the rebuild of the fleet, and Step Functions stops what that waits for', async () => {
    const run = await runOf({ fault: 'execution-stopped', at: { seconds: 6000 } });

    expect(statuses(run)).toMatchObject({
      'rebuild-1': 'ABORTED',
      'rebuild-1-eu-north': 'ABORTED',
      'rollback-rebuild-1-eu-north': 'SUCCEEDED',
    });
  });

  test('starts the proxy beside its rebuild, or the fleet', async () => {
    const ofProxy = await runOf({ fault: 'started-again', ...inSync });
    const ofFleet = await runOf({ fault: 'started-again', at: { seconds: 6000 } });

    expect(ofProxy.simulation.executions.all().at(-2)?.error?.name).toBe('RebuildInProgress');
    expect(ofFleet.simulation.executions.all().at(-1)?.error?.name).toBe('FleetRebuildInProgress');
  });

  test('redrives a rebuild that was stopped and rolled back, which then changes nothing', async () => {
    const run = await runFaults(
      [
        { fault: 'execution-stopped', ...inSync },
        { fault: 'execution-redriven', proxy, at: { phase: 'rollback', afterSeconds: 1200 } },
      ],
      { proxies: [proxy] },
    );
    const redriven = run.simulation.executions.all().find(({ name }) => name === redrivenName);

    expect(redriven?.error?.name).toBe('LockLost');
    expect(statuses(run)).toMatchObject({
      [`rollback-${redrivenName}`]: 'SUCCEEDED',
      [`rollback-${redrivenName}+1`]: 'SUCCEEDED',
    });
    expect(run.result.invariants.violations).toEqual([]);
  });

  test('suspends processes, for as long as is said', async () => {
    const seen: string[][] = [];
    await runFaults([{ fault: 'processes-suspended', ...inSync, forSeconds: 600 }], {
      proxies: [proxy],
      prepare: (simulation) =>
        simulation.kernel.observe(({ kind }) => {
          if (kind !== 'sync-progress') return;
          const { suspended } = groupOf(simulation);
          seen.push(['Launch', 'Terminate'].filter((process) => suspended.has(process)));
        }),
    });

    expect(seen.at(0)).toEqual([]);
    expect(seen).toContainEqual(['Launch', 'Terminate']);
    expect(seen.at(-1)).toEqual([]);
  });
});

describe('CloudFormation', () => {
  test('gives the group another launch template, and deletes the one of before', async () => {
    const run = await runOf({ fault: 'deployment', ...inSync });
    const { world } = run.simulation;
    const former = world.proxies.get(proxy)?.templateId ?? '';
    const { template } = groupOf(run.simulation);

    expect(template.id).not.toBe(former);
    expect(template.version).toBe('1');
    expect(() => world.aws.templates.versions(former)).toThrow('does not exist');
    expect(world.aws.templates.versions(template.id)).toHaveLength(1);
  });
});

describe('Auto Scaling', () => {
  test('lets in what waits in its hook', async () => {
    const run = await runOf({ fault: 'hook-times-out', ...inSync });

    expect(textsOf(run, 'hook-timed-out')).toEqual([expect.stringContaining('(CONTINUE)')]);
    expect(proxyOf(run, proxy).clientSeconds.incomplete).toBeGreaterThan(3600);
  });

  test('replaces an instance that stops answering, although it lives', async () => {
    const run = await runOf({ fault: 'health-replacement', ...inSync });
    const incumbent = proxyOf(run, proxy).incumbent;

    expect(textsOf(run, 'instance-died')).toEqual([]);
    expect(textsOf(run, 'instance-unhealthy')).toEqual([expect.stringContaining(incumbent ?? '')]);
  });

  test('balances zones, but not during a rebuild', async () => {
    const launchesOf = async (fault: ScheduledFault) =>
      (await runOf(fault)).story.events
        .filter(({ kind }) => kind === 'instance-launched')
        .map(({ atSeconds }) => Math.floor(atSeconds / 1500));

    expect(await launchesOf({ fault: 'rebalance', proxy, at: { seconds: 10 } })).toEqual([0]);
    expect(await launchesOf({ fault: 'rebalance', ...inSync })).toEqual([1]);
  });
});

describe('Katello', () => {
  test('starts a sync by itself', async () => {
    const run = await runOf({ fault: 'automatic-sync', ...inSync });
    const users = run.simulation.world.katello.tasks.newestFirst().map(({ username }) => username);

    expect(users).toContain('foreman_admin');
  });

  test('loses a proxy, and has it again when all is healed', async () => {
    const capsules: (string | undefined)[] = [];
    const run = await runOf({ fault: 'capsule-removed', ...inSync }, ({ world }) => {
      capsules.push(world.katello.capsuleOf(proxy)?.description.proxy);
    });

    expect(proxyOf(run, proxy).failure?.name).toBe('KatelloRefused');
    expect(capsules).toEqual([proxy]);
  });

  test('has more to serve once somebody has published, and the replacement serves it', async () => {
    const units = ({ world }: Simulation): number =>
      Object.values(world.content.get(proxy) ?? {}).reduce((sum, { rpm = 0 }) => sum + rpm, 0);
    const before: number[] = [];
    const run = await runFaults([{ fault: 'content-published', ...inSync }], {
      proxies: [proxy],
      prepare: (simulation) => before.push(units(simulation)),
      afterwards: () => undefined,
    });

    expect(units(run.simulation)).toBeGreaterThan(before[0] ?? Number.NaN);
    expect(run.simulation.probe.view(proxy)).toBe('served');
  });

  test('pauses what runs while its executor restarts', async () => {
    const states = new Set<string>();
    await runFaults([{ fault: 'executor-restarts', at: inSync.at, forSeconds: 900 }], {
      proxies: [proxy],
      prepare: ({ kernel, world }) =>
        kernel.observe(({ kind }) => {
          if (kind !== 'fault') return;
          const look = () => {
            for (const { state, result } of world.katello.tasks.newestFirst())
              states.add(`${state}/${result}`);
          };
          kernel.after(60, look);
        }),
    });

    expect(states).toContain('paused/pending');
  });
});
