import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fleet } from '../../functions/domain/fleet.ts';
import type { FleetPort } from '../../functions/ports/fleet.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

export interface FleetWorld {
  readonly fleet: FleetPort;
  /** What was deployed. */
  readonly deployed: Fleet;
  readonly fleetParameter: string;
  readonly proxyParameter: (proxy: string) => string;
  readonly put: (parameter: string, value: string) => Awaitable<void>;
  readonly unknownFleet: FleetPort;
  readonly end: () => void;
}

export const fleetContract = (makeWorld: () => Awaitable<FleetWorld>): void => {
  describe('a FleetPort', () => {
    let world: FleetWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    test('reads the fleet as it was deployed', async () => {
      expect(await world.fleet.read()).toEqual(world.deployed);
    });

    test('reads every page of proxies', async () => {
      const [proxy] = world.deployed.proxies;
      for (let index = 10; index < 35; index += 1) {
        const name = `proxy-${index}`;
        const other = { ...proxy, name, serviceName: `${name}.example.com` };
        const { controlName: _, ...oneName } = other;
        await world.put(world.proxyParameter(name), JSON.stringify(oneName));
      }

      expect((await world.fleet.read()).proxies).toHaveLength(25 + world.deployed.proxies.length);
    });

    test('names the parameter that is missing', async () => {
      await expectFailure(world.unknownFleet.read(), 'BadFleetConfiguration', /There is no param/);
    });

    test('names the parameter that is no JSON', async () => {
      await world.put(world.proxyParameter('paris'), 'volumeGib: 5');

      await expectFailure(
        world.fleet.read(),
        'BadFleetConfiguration',
        `${world.proxyParameter('paris')} does not hold a JSON object`,
      );
    });

    test('names the parameter and the place in it that is wrong', async () => {
      const paris = world.deployed.proxies.find(({ name }) => name === 'paris');
      const wrong = JSON.stringify({ ...paris, volumeGib: 5 });
      await world.put(world.proxyParameter('paris'), wrong);

      await expectFailure(
        world.fleet.read(),
        'BadFleetConfiguration',
        `${world.proxyParameter('paris')}: volumeGib`,
      );
    });
  });
};
