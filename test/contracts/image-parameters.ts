import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ImageParameterPort } from '../../functions/ports/image-parameters.ts';
import type { Awaitable } from './awaitable.ts';

export interface ImageParameterWorld {
  readonly parameters: ImageParameterPort;
  readonly end: () => void;
}

export const imageParameterContract = (makeWorld: () => Awaitable<ImageParameterWorld>): void => {
  describe('an ImageParameterPort', () => {
    let world: ImageParameterWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    test('answers null for a parameter that does not exist', async () => {
      expect(await world.parameters.read('/images/none')).toBeNull();
    });

    test('reads what was written last', async () => {
      await world.parameters.write('/images/current', 'ami-0aaaaaaaaaaaaaaaa');
      await world.parameters.write('/images/current', 'ami-0bbbbbbbbbbbbbbbb');

      expect(await world.parameters.read('/images/current')).toBe('ami-0bbbbbbbbbbbbbbbb');
    });

    test('keeps its image when it is set to something that is not an image id', async () => {
      await world.parameters.write('/images/current', 'ami-0aaaaaaaaaaaaaaaa');

      // AWS answers a bad id with success, and drops it a moment later.
      await world.parameters.write('/images/current', 'latest').catch(() => undefined);

      expect(await world.parameters.read('/images/current')).toBe('ami-0aaaaaaaaaaaaaaaa');
    });
  });
};
