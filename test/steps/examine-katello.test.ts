import { describe, expect, test } from '@jest/globals';
import { type FailureName, NamedFailure } from '../../functions/domain/failures.ts';
import { examineKatello } from '../../functions/steps/examine-katello.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aProxyAtRest } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';
import { aCapsule } from './katello.ts';
import type { World } from './world.ts';

const controlNameOf = (name: string): string => `${name}-control.example.com`;

const aFleetOf = (names: readonly string[], cycle: object = {}): World => {
  const world = aProxyAtRest();
  const proxies = names.map((name) => aProxy(name, { controlName: controlNameOf(name) }));
  world.fleet = aFleet({ cycle, proxies });
  world.katello.capsule = null;
  for (const name of names)
    world.katello.others.set(controlNameOf(name), { ...aCapsule, name: controlNameOf(name) });
  return world;
};

const examine = async (world: World, changes: object = {}) => {
  const names = world.fleet.proxies.map(({ name }) => name);
  const plan = {
    status: 'go',
    fleet: 'europe',
    reason: 'scheduled',
    proxies: names,
    verdicts: names.map((name) => ({ name, due: 'now', why: '18.0 days old', startBy: null })),
    concurrency: 2,
    hasCanary: false,
    imageId: null,
    imageSource: 'bake',
    baseImage: 'ami-0ba5e',
    foremanVersion: '3.19',
    katelloVersion: '4.21',
    features: 'pulpcore registration',
    startAt: '2026-11-02T12:00:00.000Z',
    ...changes,
  };
  return Object(await perform(world, examineKatello, { plan }));
};

describe('Katello before an image is baked', () => {
  test('leaves a plan that can succeed as it is', async () => {
    const plan = await examine(aFleetOf(['berlin', 'paris']));

    expect(plan).toMatchObject({
      proxies: ['berlin', 'paris'],
      verdicts: [{ why: '18.0 days old' }, {}],
    });
  });

  test('is not asked about nothing', async () => {
    const world = aFleetOf(['berlin']);
    world.katello.failure = new NamedFailure('KatelloUnavailable', 'away');

    await expect(examine(world, { proxies: [] })).resolves.toMatchObject({ proxies: [] });
  });

  test.each<[string, FailureName, string, (world: World) => void]>([
    [
      'another version',
      'VersionMismatch',
      'image.katelloVersion is 4.21, but Katello runs 5.0.1',
      ({ katello }) => {
        katello.version = '5.0.1';
      },
    ],
    [
      'failing services',
      'KatelloNotWell',
      'pulp3: down',
      ({ katello }) => {
        katello.failing = ['pulp3: down'];
      },
    ],
    [
      'a user without permissions and location',
      'KatelloForbids',
      'svc-rebuilder may not do enough in Katello: grant the permissions manage_capsule_content, ' +
        'edit_foreman_tasks; assign the location of the proxies',
      ({ katello }) => {
        const permissions = katello.user.permissions.filter(
          (name) => name !== 'manage_capsule_content' && name !== 'edit_foreman_tasks',
        );
        katello.user = { ...katello.user, permissions, locations: [] };
      },
    ],
    [
      'another name',
      'KatelloNameMismatch',
      'katello.fqdn',
      ({ katello }) => {
        katello.misnamed = new NamedFailure('KatelloNameMismatch', 'not katello.fqdn');
      },
    ],
  ])('ends the run when it has %s', async (_what, name, text, spoil) => {
    const world = aFleetOf(['berlin']);
    spoil(world);

    await expectFailure(examine(world), name, text);
  });

  test('ends the run when every proxy would fail', async () => {
    const world = aFleetOf(['berlin', 'paris']);
    world.katello.others.clear();

    await expectFailure(
      examine(world),
      'CapsuleNotFound',
      'only sees Smart Proxies that share an organization (Example) and a location (Europe) with it',
    );
  });

  test('ends the run when the canary would fail', async () => {
    const world = aFleetOf(['berlin', 'paris'], { canary: 'paris' });
    world.katello.others.delete(controlNameOf('paris'));

    await expectFailure(examine(world), 'CapsuleNotFound', `paris: Katello shows no Smart Proxy`);
  });

  test('adds to the plan what will stop one proxy, and lets the others be rebuilt', async () => {
    const world = aFleetOf(['berlin', 'paris']);
    world.markers.set(controlNameOf('paris'), [
      { instanceId: null, reason: 'issuer CN=other', refused: 'unknown-issuer' },
    ]);
    const { verdicts } = await examine(world);

    expect(verdicts).toMatchObject([
      { why: '18.0 days old' },
      {
        why: `18.0 days old; cannot be rebuilt now: CertificateRefused: the certificate of ${controlNameOf('paris')} was refused: issuer CN=other`,
      },
    ]);
  });

  test('need not know a proxy that has no instance yet', async () => {
    const world = aFleetOf(['berlin']);
    world.katello.others.clear();
    world.katello.capsule = null;
    world.group.instances = [];

    await expect(examine(world)).resolves.toMatchObject({ proxies: ['berlin'] });
  });
});
