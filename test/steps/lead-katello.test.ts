import { describe, expect, test } from '@jest/globals';
import { waiting } from '../../functions/domain/waiting.ts';
import type { MarkerAnswer } from '../../functions/ports/marker.ts';
import { fenceReplacement } from '../../functions/steps/fence-replacement.ts';
import { pointControlName } from '../../functions/steps/point-control-name.ts';
import { refreshFeatures } from '../../functions/steps/refresh-features.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aRebuild, aRun, controlName } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { aCapsule, katelloIsAway } from './katello.ts';
import type { World } from './world.ts';

describe('the control name', () => {
  const point = async (world: World, control?: unknown): Promise<Record<string, unknown>> => {
    const run = aRun(world, {}, control === undefined ? {} : { control });
    return Object(await perform(world, pointControlName, run));
  };

  test('is pointed at the replacement and waited for', async () => {
    const world = aRebuild();

    expect(await point(world)).toEqual({
      status: 'waiting',
      waitSeconds: 30,
      changeId: 'change-1',
      address: '10.0.0.2',
      waitedSeconds: 30,
      inSync: false,
      waitingFor: `Route 53 does not answer ${controlName} with 10.0.0.2 on every server yet`,
    });
    expect(world.addresses.get(controlName)).toBe('10.0.0.2');
  });

  test('is ready once every server of Route 53 has it, and no resolver what it cached before', async () => {
    const world = aRebuild();
    const first = await point(world);
    world.changes.set('change-1', true);

    const cached = await point(world, first);
    expect(cached).toMatchObject({
      status: 'waiting',
      waitSeconds: 30,
      waitedSeconds: 30,
      waitingFor: `resolvers may answer ${controlName} from their caches`,
    });
    expect(await point(world, cached)).toMatchObject({ status: 'ready' });
    expect(world.changes.size).toBe(1);
  });

  test('is not waited for again when it is still there', async () => {
    const world = aRebuild();
    const first = await point(world);
    world.changes.set('change-1', true);
    const done = await point(world, await point(world, first));

    expect(await point(world, done)).toEqual(done);
  });

  test('is written once while it is waited for', async () => {
    const world = aRebuild();
    const first = await point(world);
    await point(world, first);

    expect(world.changes.size).toBe(1);
  });

  test('is written again when its change is not known, rather than taken on trust', async () => {
    const world = aRebuild();
    await point(world);

    expect(await point(world)).toMatchObject({ status: 'waiting', changeId: 'change-2' });
  });

  test('is written again when somebody has pointed it elsewhere', async () => {
    const world = aRebuild();
    const first = await point(world);
    world.changes.set('change-1', true);
    world.addresses.set(controlName, '10.9.9.9');

    expect(await point(world, first)).toMatchObject({ status: 'waiting', changeId: 'change-2' });
    expect(world.addresses.get(controlName)).toBe('10.0.0.2');
  });

  test('that is not known everywhere within a quarter of an hour ends the rebuild', async () => {
    const world = aRebuild();
    let control: unknown;
    for (let looks = 0; looks < 30; looks += 1) control = await point(world, control);

    await expectFailure(point(world, control), 'ControlNameNotMoved', 'still after 15 minutes');
  });

  test('does not exist in the layout with one name', async () => {
    const world = aRebuild();
    world.fleet = aFleet({ proxies: [aProxy('berlin')] });

    expect(await point(world)).toMatchObject({ status: 'ready', address: null });
    expect(world.writes).toBe(0);
  });
});

describe('the fence', () => {
  const instance = (id: string): MarkerAnswer => ({ instanceId: id });
  const nobody: MarkerAnswer = { instanceId: null, reason: 'the connection was refused' };
  const refused: MarkerAnswer = {
    instanceId: null,
    reason: 'its certificate is for another name',
    refused: 'other',
  };
  const ten = (answer: MarkerAnswer): readonly MarkerAnswer[] =>
    Array.from({ length: 10 }, () => answer);
  const all = (id: string) => ten(instance(id));
  const fence = (world: World, waitedSeconds = 0, began = {}) =>
    perform(
      world,
      fenceReplacement,
      aRun(world, began, { fence: { ...waiting(30, 'it'), waitedSeconds } }),
    );

  test('holds when every connection meets the replacement', async () => {
    const world = aRebuild();
    world.markers.set(controlName, all('i-new'));

    expect(await fence(world)).toEqual({ status: 'ready' });
  });

  test.each<[string, readonly MarkerAnswer[], string]>([
    ['a single one meets the incumbent', [...all('i-new').slice(1), instance('i-old')], 'i-old'],
    [
      'a single one meets nobody',
      [...all('i-new').slice(1), nobody],
      'nobody (the connection was refused)',
    ],
    ['none is answered', ten(nobody), 'nobody (the connection was refused)'],
    [
      'a cached address leads to a certificate that is refused',
      ten(refused),
      'nobody (its certificate is for another name)',
    ],
  ])('does not hold when %s', async (_name, answers, stranger) => {
    const world = aRebuild();
    world.markers.set(controlName, answers);

    expect(await fence(world, 90)).toEqual({
      status: 'waiting',
      waitSeconds: 30,
      waitingFor: `${controlName} is answered by ${stranger}; expected only i-new`,
      waitedSeconds: 120,
    });
  });

  test('is broken after a quarter of an hour, and names who answered', async () => {
    const world = aRebuild();
    world.markers.set(controlName, [...all('i-old').slice(1), nobody]);

    await expectFailure(
      fence(world, 870),
      'FenceBroken',
      'is answered by i-old, nobody (the connection was refused); expected only i-new',
    );
  });

  test.each<[string, string, object, number]>([
    ['before the changeover, once no cache is left', controlName, {}, 300],
    ['at once where clients meet it', 'berlin.example.com', { changeover: 0 }, 0],
  ])('names a certificate that is refused %s', async (_name, name, began, waited) => {
    const world = aRebuild();
    world.markers.set(controlName, all('i-new'));
    world.markers.set(name, ten(refused));

    await expectFailure(
      fence(world, waited, began),
      'CertificateRefused',
      `under ${name} was refused: its certificate is for another name`,
    );
  });

  test('asks for the service name too once the replacement serves', async () => {
    const world = aRebuild();
    world.markers.set(controlName, all('i-new'));
    world.markers.set('berlin.example.com', all('i-old'));

    expect(await fence(world)).toMatchObject({ status: 'ready' });
    expect(await fence(world, 0, { changeover: 0 })).toMatchObject({ status: 'waiting' });
  });

  test.each([
    ['two names', aFleet(), [controlName, 'berlin.example.com']],
    ['one name', aFleet({ proxies: [aProxy('berlin')] }), ['berlin.example.com']],
  ])(
    'does not hold with %s while the load balancer has another target',
    async (_name, fleet, names) => {
      const world = aRebuild({ replacement: 'InService' });
      world.fleet = fleet;
      for (const name of names) world.markers.set(name, all('i-new'));

      expect(await fence(world, 0, { changeover: 0 })).toMatchObject({
        status: 'waiting',
        waitingFor: 'berlin.example.com is balanced over i-old too; expected only i-new',
      });
      world.remove('i-old');
      expect(await fence(world, 0, { changeover: 0 })).toEqual({ status: 'ready' });
    },
  );
});

describe('the features', () => {
  const refresh = (world: World, capsuleId: number | null = 2) =>
    perform(world, refreshFeatures, aRun(world, {}, { plan: { capsuleId } }));

  test('are ready when Pulp came along', async () => {
    expect(await refresh(aRebuild())).toEqual({ status: 'ready' });
  });

  test.each<[string, (world: World) => void]>([
    [
      'without Pulp',
      (world) => {
        world.katello.capsule = { ...aCapsule, features: [] };
      },
    ],
    [
      'with a Pulp that was still starting',
      (world) => {
        world.katello.capsule = { ...aCapsule, features: [{ name: 'Pulpcore', capabilities: [] }] };
      },
    ],
    [
      'without a content type',
      (world) => {
        world.katello.types = ['yum', 'deb'];
      },
    ],
  ])('%s end the rebuild, as every sync would skip that', async (_name, spoil) => {
    const world = aRebuild();
    spoil(world);

    await expectFailure(refresh(world), 'FeaturesNotRefreshed', 'after the refresh');
  });

  test('are asked for again when Katello is away', async () => {
    const world = aRebuild();
    world.katello.failure = katelloIsAway;

    await expectFailure(refresh(world), 'KatelloUnavailable');
  });
});

describe('the launch hook', () => {
  test.each([
    ['the control name is pointed', pointControlName],
    ['the fence is tried', fenceReplacement],
  ])('is kept open when %s, whatever comes of it', async (_name, step) => {
    const world = aRebuild();
    world.katello.types = ['deb'];

    await perform(world, step, aRun(world)).catch(() => undefined);

    expect(world.heartbeats).toEqual(['i-new']);
  });

  test.each([
    ['the control name is pointed', pointControlName],
    ['the fence is tried', fenceReplacement],
    ['the features are refreshed', refreshFeatures],
  ])('is no more once the replacement serves: when %s', async (_name, step) => {
    const world = aRebuild({ replacement: 'InService' });

    await perform(world, step, aRun(world, { fill: 9, changeover: 0 })).catch(() => undefined);

    expect(world.heartbeats).toEqual([]);
  });
});
