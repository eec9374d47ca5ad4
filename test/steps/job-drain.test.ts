import { describe, expect, test } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { admitReplacement } from '../../functions/steps/admit-replacement.ts';
import { retireIncumbent } from '../../functions/steps/retire-incumbent.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aRebuild, aRun, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { katelloIsAway } from './katello.ts';
import type { World } from './world.ts';

interface Settings {
  readonly features?: readonly string[];
  readonly jobs?: object;
  readonly ofProxy?: object;
}

const withJobs = (
  world: World,
  { features = ['pulpcore', 'script'], jobs, ofProxy }: Settings = {},
): World => {
  const proxy = aProxy('berlin', {
    controlName: 'berlin-control.example.com',
    features,
    remoteExecutionKey: '/europe/berlin/key',
    jobs: ofProxy,
  });
  world.fleet = aFleet({ jobs, proxies: [proxy] });
  world.katello.jobs = 3;
  return world;
};

const admit = (world: World, seconds = 0, changes: object = {}) =>
  perform(world, admitReplacement, aRun(world, { admit: seconds }, changes));

const stateOf = (world: World) => world.instance('i-new').lifecycleState;

describe('running jobs', () => {
  test.each(['script', 'ansible'])('of a proxy with %s are waited for', async (feature) => {
    const world = withJobs(aRebuild(), { features: ['pulpcore', feature] });

    expect(await admit(world)).toMatchObject({
      status: 'waiting',
      waitSeconds: 50,
      waitingFor:
        '3 jobs are running through i-old; the replacement takes over in 60 min at the latest',
      drain: { seconds: 0, jobs: 3 },
    });
    expect(stateOf(world)).toBe('Pending:Wait');
  });

  test('are waited for while the incumbent alone is in service, with its launch hook kept open', async () => {
    const world = withJobs(aRebuild());

    const first = await admit(world);
    world.pass(1900);
    await admit(world, 1900, { admit: first });

    expect(world.heartbeats).toEqual(['i-new', 'i-new']);
    expect(stateOf(world)).toBe('Pending:Wait');
  });

  test('let the replacement in once they have ended', async () => {
    const world = withJobs(aRebuild());
    const first = await admit(world);
    world.katello.jobs = 0;

    expect(await admit(world, 300, { admit: first })).toMatchObject({
      waitingFor: 'i-new is Pending:Wait; not registered',
      drain: { seconds: 300, jobs: 0 },
    });
    expect(stateOf(world)).toBe('Pending:Proceed');
  });

  test('are interrupted when their time is over, and counted', async () => {
    const world = withJobs(aRebuild());

    expect(await admit(world, 3600)).toMatchObject({ drain: { seconds: 3600, jobs: 3 } });
    expect(stateOf(world)).toBe('Pending:Proceed');
  });

  test('end the rebuild when the fleet file says so', async () => {
    const world = withJobs(aRebuild(), { jobs: { afterwards: 'stop', drainMinutes: 30 } });

    await expectFailure(
      admit(world, 1800),
      'JobsRunning',
      'after 30 minutes, 3 jobs are running through i-old',
    );
    expect(stateOf(world)).toBe('Pending:Wait');
  });

  test('have the time that the proxy itself is given', async () => {
    const world = withJobs(aRebuild(), { ofProxy: { drainMinutes: 2 } });

    expect(await admit(world, 100)).toMatchObject({ waitSeconds: 20 });
    expect(await admit(world, 120)).toMatchObject({ drain: { jobs: 3 } });
  });

  test('do not use up the time in which the replacement becomes healthy', async () => {
    const world = withJobs(aRebuild({ replacement: 'InService' }));
    world.health.set('i-new', ['healthy', 'initial']);
    const drain = { seconds: 3600, jobs: 3 };

    const admitted = { admit: { status: 'waiting', waitSeconds: 1, waitingFor: '', drain } };
    expect(await admit(world, 6200, admitted)).toMatchObject({ status: 'waiting', drain });
    await expectFailure(admit(world, 6301, admitted), 'ReplacementUnhealthy');
  });

  test.each<[string, (world: World) => object]>([
    [
      'nothing serves any more',
      (world) => {
        world.remove('i-old');
        return {};
      },
    ],
    [
      'Auto Scaling is about to replace the incumbent',
      (world) => {
        world.instance('i-old').healthy = false;
        return {};
      },
    ],
    ['an instance is healed', () => ({ request: { reason: 'heal' } })],
    ['there is no incumbent', () => ({ plan: { incumbent: null } })],
    [
      'nothing is running',
      (world) => {
        world.katello.jobs = 0;
        return {};
      },
    ],
  ])('keep nobody waiting when %s', async (_name, change) => {
    const world = withJobs(aRebuild());

    const answer = await admit(world, 0, change(world));

    expect(stateOf(world)).toBe('Pending:Proceed');
    expect(answer).not.toHaveProperty('drain');
  });

  test('of a proxy without a feature for them are not even asked for', async () => {
    const world = withJobs(aRebuild(), { features: ['pulpcore'] });
    world.katello.failure = katelloIsAway;

    await admit(world);

    expect(stateOf(world)).toBe('Pending:Proceed');
  });

  test('that Katello cannot name are waited for as if there were some', async () => {
    const world = withJobs(aRebuild());
    world.katello.failure = katelloIsAway;

    expect(await admit(world)).toMatchObject({
      waitingFor: expect.stringContaining(
        'Katello does not say which jobs are running through i-old (KatelloUnavailable)',
      ),
      drain: { jobs: null },
    });
    expect(await admit(world, 3600)).toMatchObject({ drain: { jobs: null } });
    expect(stateOf(world)).toBe('Pending:Proceed');
  });

  test('that Katello cannot name end the rebuild with its failure where jobs come first', async () => {
    const world = withJobs(aRebuild(), { jobs: { afterwards: 'stop' } });
    world.katello.failure = new NamedFailure('KatelloForbids', 'view_foreman_tasks');

    await expectFailure(admit(world, 3600), 'KatelloForbids');
  });

  test('that were interrupted are still known after the soak', async () => {
    const world = withJobs(aRebuild({ replacement: 'InService', incumbent: 'Standby' }));
    const drain = { seconds: 3600, jobs: 3 };
    const run = aRun(world, { soak: 0 }, { admit: { status: 'ready', drain } });

    expect(await perform(world, admitReplacement, run)).toEqual({ status: 'ready', drain });
  });
});

describe('jobs that came just before the replacement', () => {
  const retire = (world: World, changeover: number, changes: object = {}) =>
    perform(
      world,
      retireIncumbent,
      aRun(world, { changeover, retire: 0 }, { content: filledContent, ...changes }),
    );
  const ready = (): World => {
    const world = withJobs(aRebuild({ replacement: 'InService', incumbent: 'Standby' }));
    world.katello.lateJobs = 1;
    return world;
  };

  test('are completed by the incumbent in Standby', async () => {
    const world = ready();

    expect(await retire(world, 300)).toEqual({
      status: 'waiting',
      waitSeconds: 60,
      waitingFor: '1 job is running through i-old, which is in Standby',
    });
    expect(stateOf(world)).toBe('InService');
    expect(world.instance('i-old').lifecycleState).toBe('Standby');
  });

  test.each<[string, number, (world: World) => object]>([
    ['Foreman has decided on them', 1200, () => ({})],
    [
      'they have ended',
      300,
      (world) => {
        world.katello.lateJobs = 0;
        return {};
      },
    ],
    [
      'jobs were interrupted anyway',
      300,
      () => ({ admit: { status: 'ready', drain: { seconds: 3600, jobs: 3 } } }),
    ],
    ['an instance was healed', 300, () => ({ request: { reason: 'heal' } })],
    [
      'Katello is away',
      300,
      (world) => {
        world.katello.failure = katelloIsAway;
        return {};
      },
    ],
  ])('do not keep the incumbent when %s', async (_name, changeover, change) => {
    const world = ready();

    await retire(world, changeover, change(world));

    expect(world.instance('i-old').lifecycleState).toBe('Terminating');
  });
});
