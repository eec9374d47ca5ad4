import { describe, expect, test } from '@jest/globals';
import { chooseImage } from '../../functions/operations/choose-image.ts';
import type { Image } from '../../functions/ports/images.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aFleet } from '../domain/a-fleet.ts';
import { aProxyAtRest } from '../steps/a-rebuild.ts';
import { portsOf } from '../steps/in-memory-ports.ts';
import type { World } from '../steps/world.ts';

const candidate = (changes: Partial<Image> = {}): Image => ({
  id: 'ami-new',
  available: true,
  state: 'candidate',
  architecture: 'x86_64',
  createdAt: new Date('2026-11-02T00:00:00.000Z'),
  katelloVersion: '4.21',
  features: ['pulpcore', 'registration', 'templates', 'logs'],
  sourceImage: 'ami-0ba5e000',
  snapshotIds: [],
  ...changes,
});
const having = (...images: readonly Image[]): World => {
  const world = aProxyAtRest();
  world.images = [...images];
  return world;
};
const choose = (world: World, given: string | null = null) =>
  chooseImage(portsOf(world), world.fleet, given);

describe('the image of a fleet rebuild', () => {
  test('is the one that was asked for', async () => {
    expect(await choose(having(candidate()), 'ami-given')).toEqual({
      imageId: 'ami-given',
      imageSource: 'given',
      baseImage: 'ami-0ba5e000',
    });
  });

  test('is the newest that is fresh', async () => {
    const older = candidate({ id: 'ami-older', createdAt: new Date('2026-11-01T00:00:00.000Z') });

    expect(await choose(having(older, candidate()))).toMatchObject({
      imageId: 'ami-new',
      imageSource: 'fresh',
    });
  });

  test('may be tagged with a patch of the version in the fleet file', async () => {
    expect(await choose(having(candidate({ katelloVersion: '4.21.1' })))).toMatchObject({
      imageId: 'ami-new',
    });
  });

  test('may have the packages of more features than the fleet has', async () => {
    const features = ['pulpcore', 'registration', 'templates', 'logs', 'openscap'];

    expect(await choose(having(candidate({ features })))).toMatchObject({ imageId: 'ami-new' });
  });

  test.each<[string, Partial<Image>]>([
    ['too old', { createdAt: new Date('2026-10-30T11:59:00.000Z') }],
    ['rejected', { state: 'rejected' }],
    ['superseded', { state: 'previous' }],
    ['of unknown state', { state: null }],
    ['not available', { available: false }],
    ['made from another base', { sourceImage: 'ami-0ther000' }],
    ['made for another Katello', { katelloVersion: '4.20' }],
    ['made without a feature of the fleet', { features: ['pulpcore', 'registration', 'logs'] }],
    ['made for unknown features', { features: null }],
    ['made for an unknown Katello', { katelloVersion: null }],
  ])('is baked again when the last one is %s', async (_name, changes) => {
    expect(await choose(having(candidate(changes)))).toMatchObject({
      imageId: null,
      imageSource: 'bake',
    });
  });

  test('is made from the base that the parameter names now', async () => {
    const world = having();
    world.fleet = aFleet({ image: { base: { parameter: '/aws/base' } } });
    world.imageParameters.set('/aws/base', 'ami-of-today');

    expect(await choose(world)).toMatchObject({ baseImage: 'ami-of-today' });
  });

  test('cannot be made when there is no such parameter', async () => {
    const world = having();
    world.fleet = aFleet({ image: { base: { parameter: '/aws/base' } } });

    await expectFailure(choose(world), 'BadFleetConfiguration', '/aws/base');
  });
});
