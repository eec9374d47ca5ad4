import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { requiredPermissions } from '../../../functions/domain/katello-access.ts';
import { Edge } from '../../../sandbox/katello/edge.ts';
import { expectFailure } from '../../contracts/failure.ts';
import {
  contentOver,
  controlName,
  host,
  inProcess,
  SmallWorld,
} from '../../sandbox/katello/small-world.ts';
import { CannedServer } from './canned-dispatcher.ts';
import { waysIn } from './ways-in.ts';

describe('the service user', () => {
  let world: SmallWorld;

  beforeEach(() => {
    world = new SmallWorld();
  });
  afterEach(() => {
    world.close();
  });

  test('is shown with everything that it may do and see', async () => {
    const access = await inProcess(world).access();

    expect(access).toMatchObject({
      login: 'svc-rebuild',
      isAdmin: false,
      organizations: ['Example'],
      locations: ['Europe'],
    });
    expect(access.permissions).toEqual(expect.arrayContaining(Object.keys(requiredPermissions)));
  });

  test('without a location sees no proxy, and no call says so', async () => {
    world.faults.on.add('location-removed');
    const content = inProcess(world);

    expect(await content.access()).toMatchObject({ locations: [] });
    expect(await content.findCapsule(controlName)).toBeNull();
    await expectFailure(content.refreshFeatures(2), 'KatelloRefused', 'smart_proxy not found');
  });

  test('is not asked for permissions as an administrator', async () => {
    const server = new CannedServer(() => ({
      status: 200,
      headers: {},
      body: '{"login":"admin","admin":false,"effective_admin":true}',
    }));

    expect(await server.content().access()).toMatchObject({ isAdmin: true, permissions: [] });
    expect(server.requests.map(({ path }) => path)).toEqual(['/api/current_user']);
  });
});

describe.each(waysIn)("Katello's own name, %s", (_name, enter) => {
  const fqdn = 'katello-1.example.com';

  test.each([
    ['is covered by the certificate that an alias shows', false],
    ['is missing from the certificate that an alias shows', true],
  ])('%s', async (_what, differs) => {
    const world = new SmallWorld({ fqdn });
    if (differs) world.faults.on.add('katello-name-differs');
    const way = await enter(world, { hostNames: [host, fqdn] });
    const content = contentOver(way.dispatcher, { fqdn });

    if (differs)
      await expectFailure(
        content.verifyName(),
        'KatelloNameMismatch',
        `${host} is not the Katello called ${fqdn} (katello.fqdn)`,
      );
    else await expect(content.verifyName()).resolves.toBeUndefined();

    await way.close();
    world.close();
  });
});

test('the host of the address is not asked for twice', async () => {
  const world = new SmallWorld();
  const edge = new Edge(world.katello);

  await inProcess(world).verifyName();

  expect(edge.certificateOf(host)).toBe('trusted');
  expect(world.katello.katelloCalls).toBe(0);
  world.close();
});
