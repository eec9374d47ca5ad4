import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ImagePort } from '../../functions/ports/images.ts';
import type { Awaitable } from './awaitable.ts';

/** An image of the fleet, named by a parameter, from which instances run. */
export interface ImageWorld {
  readonly images: ImagePort;
  readonly fleet: string;
  readonly servingImageId: string;
  /** An image with the tags of a fleet's, as its snapshots have them. */
  readonly addImage: (fleet: string) => Awaitable<string>;
  readonly launchTemplateVersion: (imageId: string) => Promise<void>;
  readonly pointParameterAt: (imageId: string) => Awaitable<void>;
  readonly snapshots: () => Awaitable<readonly string[]>;
  /** Ends what was begun by hand: the image is gone, its snapshot is not. */
  readonly deregisterOnly: (imageId: string) => Awaitable<void>;
  readonly end: () => void;
}

export const imageContract = (makeWorld: () => Awaitable<ImageWorld>): void => {
  describe('an ImagePort', () => {
    let world: ImageWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const existing = async (imageId: string) => {
      const image = await world.images.read(imageId);
      if (image === null) throw new Error(`${imageId} does not exist`);
      return image;
    };

    test('reads an image with its tags', async () => {
      expect(await world.images.read(world.servingImageId)).toMatchObject({
        id: world.servingImageId,
        available: true,
        state: 'current',
        katelloVersion: '4.21',
        features: ['pulpcore', 'registration', 'templates', 'logs'],
        architecture: 'x86_64',
      });
    });

    test('answers null for an image that does not exist', async () => {
      expect(await world.images.read('ami-00000000000000000')).toBeNull();
    });

    test('lists every image of the fleet, on every page, and no other', async () => {
      for (let image = 0; image < 230; image += 1) await world.addImage(world.fleet);
      await world.addImage('another');

      expect(await world.images.list(world.fleet)).toHaveLength(231);
    });

    test('changes the state of an image', async () => {
      const image = await existing(await world.addImage(world.fleet));

      await world.images.setState(image, 'rejected');

      expect((await existing(image.id)).state).toBe('rejected');
    });

    test('lists the images that an instance, a template version or a parameter needs', async () => {
      const [unused, templated, named] = await Promise.all(
        [1, 2, 3].map(() => world.addImage(world.fleet)),
      );
      await world.launchTemplateVersion(templated ?? '');
      // Eleven more, so that the version that matters is not among the newest ten.
      for (let version = 0; version < 11; version += 1)
        await world.launchTemplateVersion(world.servingImageId);
      await world.pointParameterAt(named ?? '');

      const asked = [unused ?? '', templated ?? '', named ?? '', world.servingImageId];
      const needed = await world.images.referenced(asked);

      expect([...needed].sort()).toEqual([templated, named, world.servingImageId].sort());
    });

    test('finds no reference when asked about no image', async () => {
      expect((await world.images.referenced([])).size).toBe(0);
    });

    test('removes an image with its snapshots, however often it is asked', async () => {
      const image = await existing(await world.addImage(world.fleet));

      await world.images.remove(image);
      await world.images.remove(image);

      expect(await world.images.read(image.id)).toBeNull();
      expect(await world.snapshots()).not.toContain(image.snapshotIds[0]);
    });

    test('removes the snapshot that an earlier try has left', async () => {
      const image = await existing(await world.addImage(world.fleet));
      await world.deregisterOnly(image.id);
      expect(await world.snapshots()).toContain(image.snapshotIds[0]);

      await world.images.remove(image);

      expect(await world.snapshots()).not.toContain(image.snapshotIds[0]);
    });

    test('finds the snapshots of the fleet that no image is left of, and no other', async () => {
      const [gone, kept] = [
        await existing(await world.addImage(world.fleet)),
        await existing(await world.addImage(world.fleet)),
      ];
      await world.deregisterOnly(gone.id);
      await world.deregisterOnly(await world.addImage('another'));

      const left = await world.images.leftSnapshots(world.fleet, []);

      expect(left).toEqual(gone.snapshotIds);
      expect(left).not.toContain(kept.snapshotIds[0]);
    });

    test('removes a snapshot however often it is asked, and never that of an image', async () => {
      const gone = await existing(await world.addImage(world.fleet));
      const kept = await existing(await world.addImage(world.fleet));
      await world.deregisterOnly(gone.id);

      for (const id of [...gone.snapshotIds, ...gone.snapshotIds, ...kept.snapshotIds])
        await world.images.removeSnapshot(id);

      expect(await world.snapshots()).not.toContain(gone.snapshotIds[0]);
      expect(await world.snapshots()).toContain(kept.snapshotIds[0]);
    });
  });
};
