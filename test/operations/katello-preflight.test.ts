import { describe, expect, test } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { preflightKatello } from '../../functions/operations/katello-preflight.ts';
import { findProxy } from '../../functions/operations/observed-proxy.ts';
import type { MarkerAnswer } from '../../functions/ports/marker.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aProxyAtRest, controlName } from '../steps/a-rebuild.ts';
import { portsOf } from '../steps/in-memory-ports.ts';
import { aCapsule, katelloIsAway } from '../steps/katello.ts';
import type { World } from '../steps/world.ts';

const check = async (world: World, imageId: string | null = 'ami-2', isHeal = false) => {
  const { proxy } = await findProxy(portsOf(world), 'berlin');
  return preflightKatello(portsOf(world), {
    proxy,
    imageId,
    isFirstLaunch: false,
    isServed: true,
    isHeal,
  });
};
const withFeature = (name: string, proxy: object = {}): World => {
  const world = aProxyAtRest();
  world.fleet = aFleet({ proxies: [aProxy('berlin', { controlName, ...proxy })] });
  world.katello.capsule = {
    ...aCapsule,
    features: [...aCapsule.features, { name, capabilities: [] }],
  };
  return world;
};

describe("Katello's side of a rebuild", () => {
  test('is in order', async () => {
    expect(await check(aProxyAtRest())).toEqual({ capsuleId: 2, foreignSyncs: [] });
  });

  test.each<[string, string, (world: World) => void]>([
    [
      'no lifecycle environment',
      'nothing to sync',
      (world) => {
        world.katello.capsule = { ...aCapsule, lifecycleEnvironments: [] };
      },
    ],
    [
      'a content type that it cannot sync',
      'cannot sync deb',
      (world) => {
        world.katello.types = ['yum', 'deb'];
      },
    ],
  ])('is not fit with %s', async (_name, text, spoil) => {
    const world = aProxyAtRest();
    spoil(world);

    await expectFailure(check(world), 'CapsuleNotFit', text);
  });

  test('is looked up under the name that Katello uses', async () => {
    const world = aProxyAtRest();
    world.katello.capsule = { ...aCapsule, name: 'berlin.example.com' };

    await expectFailure(check(world), 'CapsuleNotFound', controlName);

    world.fleet = aFleet({ proxies: [aProxy('berlin')] });
    expect(await check(world)).toMatchObject({ capsuleId: 2 });
  });

  test('is unknown while Katello is away', async () => {
    const world = aProxyAtRest();
    world.katello.failure = katelloIsAway;

    await expectFailure(check(world), 'KatelloUnavailable');
  });
});

describe('the service user', () => {
  test('is refused with everything that it is missing', async () => {
    const world = aProxyAtRest();
    world.katello.user = { ...world.katello.user, permissions: ['view_smart_proxies'] };

    await expectFailure(
      check(world),
      'KatelloForbids',
      'grant the permissions edit_smart_proxies, view_capsule_content, manage_capsule_content, view_foreman_tasks, edit_foreman_tasks',
    );
  });

  test('may be an administrator, who has no list of permissions', async () => {
    const world = aProxyAtRest();
    world.katello.user = {
      login: 'admin',
      isAdmin: true,
      permissions: [],
      organizations: [],
      locations: [],
    };

    expect(await check(world)).toMatchObject({ capsuleId: 2 });
  });
});

describe('what a step does not need', () => {
  test.each<[string, (world: World) => void]>([
    [
      'capabilities that a refresh will bring back',
      ({ katello }) => {
        katello.types = ['deb'];
      },
    ],
    [
      'the name of Katello',
      ({ katello }) => {
        katello.misnamed = new NamedFailure('KatelloNameMismatch', 'no');
      },
    ],
    [
      'what its user may do besides',
      ({ katello }) => {
        katello.user = { ...katello.user, permissions: [], locations: [] };
      },
    ],
  ])('does not stop a heal: %s', async (_what, spoil) => {
    const world = aProxyAtRest();
    spoil(world);

    expect(await check(world, null, true)).toEqual({ capsuleId: 2, foreignSyncs: [] });
  });
});

describe('the certificate of the proxy', () => {
  const certificate = (refused: 'unknown-issuer' | 'other'): MarkerAnswer => ({
    instanceId: null,
    reason: 'issuer CN=katello-default-ca',
    refused,
  });
  const shows = (marker: MarkerAnswer): World => {
    const world = aProxyAtRest();
    world.markers.set(controlName, [marker]);
    return world;
  };

  test('has to be signed by a CA that is trusted', async () => {
    await expectFailure(
      check(shows(certificate('unknown-issuer'))),
      'CertificateRefused',
      `the certificate of ${controlName} was refused: issuer CN=katello-default-ca`,
    );
  });

  test.each<[string, MarkerAnswer]>([
    ['has expired, or is for another name', certificate('other')],
    ['cannot be read', { instanceId: null, reason: 'the connection was refused' }],
  ])('may be what a rebuild replaces when it %s', async (_name, marker) => {
    expect(await check(shows(marker))).toMatchObject({ capsuleId: 2 });
  });
});

describe('the image', () => {
  test.each<[string, string | null, string, boolean]>([
    ['of the same minor version fits', '4.21', '4.21.3', true],
    ['of another minor version does not', '4.20', '4.21.3', false],
    ['that does not say is taken on trust', null, '4.21.3', true],
  ])('%s', async (_name, katelloVersion, version, fits) => {
    const world = aProxyAtRest();
    world.images = world.images.map((image) => ({ ...image, katelloVersion }));
    world.katello.version = version;

    if (fits) expect(await check(world)).toMatchObject({ capsuleId: 2 });
    else await expectFailure(check(world), 'VersionMismatch', 'bake a new image');
  });

  test.each<[string, readonly string[] | null, boolean]>([
    [
      'with the packages of every feature fits',
      ['pulpcore', 'registration', 'templates', 'logs', 'dns'],
      true,
    ],
    [
      'without those of a feature of the proxy does not',
      ['pulpcore', 'registration', 'logs'],
      false,
    ],
    ['that does not say which it has is taken on trust', null, true],
  ])('%s', async (_name, features, fits) => {
    const world = aProxyAtRest();
    world.images = world.images.map((image) => ({ ...image, features }));

    if (fits) expect(await check(world)).toMatchObject({ capsuleId: 2 });
    else await expectFailure(check(world), 'ImageNotUsable', 'without the packages of templates');
  });

  test('that is not available is refused', async () => {
    const world = aProxyAtRest();
    world.images = world.images.map((image) => ({ ...image, available: false }));

    await expectFailure(check(world), 'ImageNotUsable', 'ami-2');
  });

  test('of a heal, which takes what is there, is not asked about', async () => {
    const world = aProxyAtRest();
    world.images = [];

    expect(await check(world, null)).toMatchObject({ capsuleId: 2 });
  });
});

describe('a feature', () => {
  test('whose state a rebuild would lose is refused, with what to do', async () => {
    await expectFailure(
      check(withFeature('DHCP')),
      'FeatureLosesData',
      'a rebuild would lose leases and reservations. Set persisted.dhcp in the fleet file',
    );
  });

  test('whose state is kept elsewhere is not', async () => {
    const world = withFeature('DHCP', { persisted: { dhcp: 'the DHCP servers of the network' } });

    expect(await check(world)).toMatchObject({ capsuleId: 2 });
  });

  test.each(['Templates', 'Something new'])('%s has nothing to lose', async (name) => {
    expect(await check(withFeature(name))).toMatchObject({ capsuleId: 2 });
  });
});
