import { afterEach, describe, expect, test } from '@jest/globals';
import type { ContentPort } from '../../../functions/ports/content.ts';
import { Edge } from '../../../sandbox/katello/edge.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import {
  contentOver,
  controlName,
  SmallWorld,
  serviceName,
} from '../../sandbox/katello/small-world.ts';

let world: SmallWorld;

const contentOf = (options: ConstructorParameters<typeof SmallWorld>[0] = {}): ContentPort => {
  world = new SmallWorld(options);
  world.names.set(serviceName, [world.incumbent]);
  const edge = new Edge(world.katello);
  return contentOver(
    new InProcessDispatcher({
      barrier: () => null,
      exchange: (name, request) => edge.exchange(name, request),
    }),
  );
};

afterEach(() => world.close());

const capsule = () => world.katello.capsule(2);

describe('running jobs', () => {
  test.each(['4', '5'] as const)('are counted for Katello %s, one for each host', async (mode) => {
    const katello = contentOf({ mode });
    expect(await katello.runningJobs(controlName)).toBe(0);

    world.katello.jobs.start(capsule());
    expect(await katello.runningJobs(controlName)).toBe(3);
  });

  test('are no longer counted once they have ended', async () => {
    const katello = contentOf();
    const [one] = world.katello.jobs.start(capsule());
    one?.run.finish();

    expect(await katello.runningJobs(controlName)).toBe(2);
  });

  test('are not the syncs and counts of the proxy', async () => {
    const katello = contentOf();
    await katello.startSync(2, 'complete', 'rebuild-1');
    await katello.startCount(2, 'count-1');
    await world.pass(60);

    expect(await katello.runningJobs(controlName)).toBe(0);
  });

  test('can be those that were started before an instant', async () => {
    const katello = contentOf();
    world.katello.jobs.start(capsule());
    await world.pass(100);
    const since = new Date(world.kernel.now());
    await world.pass(100);
    world.katello.jobs.start(capsule());

    expect(await katello.runningJobs(controlName)).toBe(6);
    expect(await katello.runningJobs(controlName, since)).toBe(3);
  });

  test('are not taken for none when the proxy is not shown', async () => {
    const katello = contentOf();
    world.faults.on.add('location-removed');

    await expect(katello.runningJobs(controlName)).rejects.toMatchObject({
      name: 'CapsuleNotFound',
    });
  });

  test('have only one of their plans loaded', async () => {
    const katello = contentOf();
    world.katello.jobs.start(capsule());
    const asked: string[] = [];
    const { handle } = world.katello;
    world.katello.handle = (request) => {
      asked.push(`${request.path}?${request.query}`);
      return handle.call(world.katello, request);
    };

    await katello.runningJobs(controlName);

    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('per_page=1');
  });
});
