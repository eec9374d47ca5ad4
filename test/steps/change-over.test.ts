import { describe, expect, test } from '@jest/globals';
import { syncRequestId } from '../../functions/domain/derived-id.ts';
import { admitReplacement } from '../../functions/steps/admit-replacement.ts';
import { retireIncumbent } from '../../functions/steps/retire-incumbent.ts';
import { standByIncumbent } from '../../functions/steps/stand-by-incumbent.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aRebuild, aRun, executionId, filledContent } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { katelloIsAway } from './katello.ts';
import type { World } from './world.ts';

const lose = (world: World, id: string): void => {
  world.instance(id).lifecycleState = 'Terminating:Wait';
};

describe('admission', () => {
  const admit = (world: World, seconds = 0) =>
    perform(world, admitReplacement, aRun(world, { admit: seconds }));

  test('lets the replacement into service and waits for its health', async () => {
    const world = aRebuild();

    expect(await admit(world)).toEqual({
      status: 'waiting',
      waitSeconds: 50,
      waitingFor: 'i-new is Pending:Wait; not registered',
    });
    expect(world.instance('i-new').lifecycleState).toBe('Pending:Proceed');

    world.pass(40);
    expect(await admit(world, 40)).toEqual({ status: 'ready' });
  });

  test('protects what a heal has adopted from scale-in', async () => {
    const world = aRebuild({ replacement: 'InService' });

    await perform(world, admitReplacement, aRun(world, { admit: 0 }, { plan: { adopt: 'i-new' } }));

    expect(world.instance('i-new').protectedFromScaleIn).toBe(true);
  });

  test('waits for every listener', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.health.set('i-new', ['healthy', 'initial']);

    expect(await admit(world)).toMatchObject({
      status: 'waiting',
      waitingFor: 'i-new is InService; port 9090 initial',
    });
  });

  test('does not take silence for health', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.health.set('i-new', []);
    world.group.targetGroupArns = [];

    expect(await admit(world)).toMatchObject({
      status: 'waiting',
      waitingFor: 'i-new is InService; no listener answers',
    });
  });

  test("waits for Auto Scaling's own verdict too", async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.instance('i-new').healthy = false;

    expect(await admit(world)).toMatchObject({
      status: 'waiting',
      waitingFor: 'i-new is InService, unhealthy for Auto Scaling; healthy on every listener',
    });
  });

  test('gives up after 45 minutes and names the listener', async () => {
    const world = aRebuild({ replacement: 'InService' });
    world.health.set('i-new', ['healthy', 'unhealthy']);

    await expectFailure(admit(world, 2701), 'ReplacementUnhealthy', 'port 9090 unhealthy');
  });

  test('gives up when Auto Scaling has taken it down', async () => {
    const world = aRebuild({ replacement: 'InService' });
    lose(world, 'i-new');

    await expectFailure(admit(world), 'ReplacementUnhealthy', 'terminated i-new before');
  });
});

describe('the confirmation after the soak', () => {
  const soakSeconds = 900;
  const confirm = (world: World, secondsAfterSoak: number) =>
    perform(
      world,
      admitReplacement,
      aRun(
        world,
        { soak: soakSeconds + secondsAfterSoak },
        { standby: { status: 'ready', soakSeconds } },
      ),
    );
  const soaked = (): World => aRebuild({ replacement: 'InService', incumbent: 'Standby' });

  test('finds the replacement well', async () => {
    expect(await confirm(soaked(), 0)).toEqual({ status: 'ready' });
  });

  test('looks again soon when it is not', async () => {
    const world = soaked();
    world.health.set('i-new', ['unhealthy', 'healthy']);

    expect(await confirm(world, 10)).toEqual({
      status: 'waiting',
      waitSeconds: 30,
      waitingFor: 'i-new is InService; port 443 unhealthy, after the soak',
    });
  });

  test('gives way to the waiting incumbent when it stays ill', async () => {
    const world = soaked();
    world.health.set('i-new', ['unhealthy', 'healthy']);

    await expectFailure(confirm(world, 301), 'ReplacementUnhealthy', 'port 443 unhealthy');
  });
});

describe('the incumbent', () => {
  const standBy = (world: World, seconds = 0) =>
    perform(world, standByIncumbent, aRun(world, { standby: seconds }));
  const ready = (): World => aRebuild({ replacement: 'InService' });

  test('leaves the load balancer alive, and is soaked for', async () => {
    const world = ready();

    expect(await standBy(world)).toMatchObject({ status: 'waiting' });
    expect(world.instance('i-old').lifecycleState).toBe('EnteringStandby');

    world.pass(40);
    expect(await standBy(world, 40)).toEqual({ status: 'ready', soakSeconds: 900 });
    expect(world.machines.has('i-old')).toBe(true);
  });

  test('is moved once, however often the step is run', async () => {
    const world = ready();
    await standBy(world);
    await standBy(world);

    expect(world.writes).toBe(1);
  });

  test('is waited for until it has drained', async () => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'Standby' });
    world.health.set('i-old', ['draining', 'absent']);

    expect(await standBy(world)).toEqual({
      status: 'waiting',
      waitSeconds: 50,
      waitingFor: 'i-old is Standby; port 443 draining, not registered',
    });
  });

  test('that Auto Scaling is about to replace goes at once, and is never in Standby', async () => {
    const world = ready();
    world.instance('i-old').healthy = false;

    expect(await standBy(world)).toMatchObject({ status: 'waiting' });

    expect(world.instance('i-old').lifecycleState).toBe('Terminating');
    expect(world.instance('i-new').protectedFromScaleIn).toBe(true);
    expect(world.group.sizes.desired).toBe(1);
    expect(await standBy(world)).toEqual({ status: 'ready', soakSeconds: 0 });
  });

  test.each<[string, (world: World) => void]>([
    ['is gone', (world) => world.remove('i-old')],
    ['is leaving', (world) => lose(world, 'i-old')],
  ])('that %s needs neither Standby nor soak', async (_name, spoil) => {
    const world = ready();
    spoil(world);

    expect(await standBy(world)).toEqual({ status: 'ready', soakSeconds: 0 });
  });

  test.each<[string, (world: World) => void]>([
    ['is ill on one listener', (world) => world.health.set('i-new', ['healthy', 'unhealthy'])],
    [
      'has no health on one listener',
      (world) => world.health.set('i-new', ['healthy', 'unavailable']),
    ],
    [
      'is ill for Auto Scaling',
      (world) => {
        world.instance('i-new').healthy = false;
      },
    ],
    [
      'does not serve yet',
      (world) => {
        world.instance('i-new').lifecycleState = 'Pending:Wait';
      },
    ],
  ])('stays while the replacement %s', async (_name, spoil) => {
    const world = ready();
    spoil(world);

    await expectFailure(standBy(world), 'LastHealthyInstance', 'i-old stays');

    expect(world.instance('i-old').lifecycleState).toBe('InService');
  });

  test('stays when the replacement is lost', async () => {
    const world = ready();
    lose(world, 'i-new');

    await expectFailure(standBy(world), 'ReplacementLost');

    expect(world.instance('i-old').lifecycleState).toBe('InService');
  });

  test('that does not drain in 45 minutes ends the rebuild', async () => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'Standby' });
    world.health.set('i-old', ['draining', 'absent']);

    await expectFailure(standBy(world, 2701), 'StandbyTimedOut', 'i-old is Standby');
  });
});

describe('retirement', () => {
  const retire = (world: World, content: object = filledContent, seconds = 0) =>
    perform(world, retireIncumbent, aRun(world, { retire: seconds }, { content }));
  const ready = (): World => aRebuild({ replacement: 'InService', incumbent: 'Standby' });

  test('terminates the waiting incumbent and leaves the replacement alone', async () => {
    const world = ready();

    expect(await retire(world)).toEqual({
      status: 'waiting',
      waitSeconds: 50,
      waitingFor: 'smart-proxy-europe--berlin still has 2 instances',
    });
    world.pass(40);

    expect(await retire(world, filledContent, 40)).toEqual({ status: 'ready' });
    expect(world.group.instances.map(({ id }) => id)).toEqual(['i-new']);
    expect(world.group.sizes.desired).toBe(1);
  });

  test('terminates each instance once, however often the step is run', async () => {
    const world = ready();
    await retire(world);
    await retire(world);

    expect(world.writes).toBe(1);
  });

  test('also removes what Auto Scaling has launched beside, with its place', async () => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
    world.add('i-third', 'InService');
    world.resize(2);

    await retire(world);
    world.pass(40);

    expect(await retire(world)).toEqual({ status: 'ready' });
    expect(world.group.sizes.desired).toBe(1);
  });

  test.each(['running', 'paused'] as const)(
    'stops a %s sync that nobody follows',
    async (state) => {
      const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
      world.resize(1);
      const { id } = await world.katello.startSync(
        2,
        'complete',
        syncRequestId(executionId, 'fill', 1),
      );
      world.katello.move(id, state, state === 'paused' ? 'error' : 'pending', 0.3);

      expect(await retire(world)).toMatchObject({
        status: 'waiting',
        waitingFor: 'Katello is still running a sync of this rebuild',
      });
      expect(world.katello.tasks.get(id)).toMatchObject({ state: 'stopped' });
      expect(await retire(world)).toEqual({ status: 'ready' });
    },
  );

  test('does not wait for a Katello that is away: the next rebuild stops what is left', async () => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
    world.resize(1);
    world.katello.failure = katelloIsAway;

    expect(await retire(world)).toEqual({ status: 'ready' });
    expect(world.record().leftSyncs).toEqual([{ owner: executionId, capsuleId: 2 }]);
  });

  test('leaves to Auto Scaling what it is scaling in by itself, but for the replacement', async () => {
    const world = aRebuild({ replacement: 'InService', incumbent: 'gone' });
    world.add('i-third', 'InService');

    expect(await retire(world)).toMatchObject({ status: 'waiting' });
    expect(world.instance('i-third').lifecycleState).toBe('InService');
    expect(world.instance('i-new').protectedFromScaleIn).toBe(true);
  });

  test.each<[string, (world: World) => void]>([
    ['is ill on one listener', (world) => world.health.set('i-new', ['healthy', 'unhealthy'])],
    [
      'has no health on one listener',
      (world) => world.health.set('i-new', ['healthy', 'unavailable']),
    ],
    [
      'has no listener',
      (world) => {
        world.group.targetGroupArns = [];
      },
    ],
    [
      'is ill for Auto Scaling',
      (world) => {
        world.instance('i-new').healthy = false;
      },
    ],
    [
      'has not come into service',
      (world) => {
        world.instance('i-new').lifecycleState = 'Pending:Wait';
      },
    ],
  ])('is refused while the replacement %s', async (_name, spoil) => {
    const world = ready();
    spoil(world);

    await expectFailure(retire(world), 'LastHealthyInstance', 'i-old stays');

    expect(world.instance('i-old').lifecycleState).toBe('Standby');
  });

  test('is refused while the content was never verified', async () => {
    const world = ready();

    await expectFailure(
      retire(world, { ...filledContent, filled: false }),
      'ContentMissing',
      'never verified',
    );

    expect(world.writes).toBe(0);
  });

  test('is refused when the restore point no longer exists', async () => {
    const world = ready();
    world.records.clear();

    await expectFailure(retire(world), 'BaselineMissing');

    expect(world.writes).toBe(0);
  });

  test('that does not end in 45 minutes ends the rebuild', async () => {
    await expectFailure(
      retire(ready(), filledContent, 2701),
      'RetireTimedOut',
      'still has 2 instances',
    );
  });
});
