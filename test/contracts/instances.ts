import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InstancePort } from '../../functions/ports/instances.ts';
import type { Awaitable } from './awaitable.ts';

/** Many instances, all running. */
export interface InstanceWorld {
  readonly instances: InstancePort;
  readonly ids: readonly string[];
  readonly kill: (instanceId: string) => Awaitable<void>;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const instanceContract = (makeWorld: () => Awaitable<InstanceWorld>): void => {
  describe('an InstancePort', () => {
    let world: InstanceWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const first = (): string => world.ids[0] ?? '';

    test('reads those that EC2 knows, on every page, and leaves the others out', async () => {
      const read = await world.instances.read([...world.ids, 'i-00000000000000000']);

      expect(read.map(({ id }) => id).sort()).toEqual(world.ids.toSorted());
      expect(read.every(({ state }) => state === 'running')).toBe(true);
    });

    test('reads nothing when asked for nothing', async () => {
      expect(await world.instances.read([])).toEqual([]);
    });

    test('shows a dead instance for a while, without its address', async () => {
      await world.kill(first());

      expect(await world.instances.read([first()])).toMatchObject([
        { state: 'terminated', privateIp: null },
      ]);
      await world.pass(2 * 3600);
      expect(await world.instances.read([first()])).toEqual([]);
    });

    test('tags an instance', async () => {
      await world.instances.tag(first(), { rebuild: 'one' });

      const [instance] = await world.instances.read([first()]);
      expect(instance?.tags['rebuild']).toBe('one');
    });
  });
};
