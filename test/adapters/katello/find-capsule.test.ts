import { afterEach, describe, expect, test } from '@jest/globals';
import {
  controlName,
  inProcess,
  SmallWorld,
  serviceName,
} from '../../sandbox/katello/small-world.ts';
import { CannedServer } from './canned-dispatcher.ts';

const record = (id: number, name: string, ...features: readonly string[]) => ({
  id,
  name,
  url: `https://${name}:9090`,
  features: features.map((feature) => ({ name: feature, capabilities: [] })),
});

const knowing = (...records: readonly object[]) =>
  new CannedServer(() => ({
    status: 200,
    headers: {},
    body: JSON.stringify({ total: records.length, results: records }),
  })).content();

describe('finding a capsule', () => {
  test('takes no other name, whatever the server finds', async () => {
    const katello = knowing(
      record(1, 'xa.example.com', 'Pulpcore'),
      record(2, 'A.example.com', 'Pulpcore'),
    );

    expect(await katello.findCapsule('a.example.com')).toBeNull();
  });

  test('takes no features of a host that is called alike', async () => {
    const katello = knowing(
      record(1, 'a.example.com', 'Pulpcore'),
      record(2, 'xa.example.com', 'DHCP'),
    );

    expect((await katello.findCapsule('a.example.com'))?.features).toEqual([
      { name: 'Pulpcore', capabilities: [] },
    ]);
  });

  test('takes none without content', async () => {
    expect(
      await knowing(record(1, 'a.example.com', 'Logs')).findCapsule('a.example.com'),
    ).toBeNull();
  });

  test('takes one that is listed twice once', async () => {
    const katello = knowing(
      record(1, 'a.example.com', 'Pulpcore'),
      record(1, 'a.example.com', 'Pulpcore'),
    );

    expect((await katello.findCapsule('a.example.com'))?.features).toHaveLength(1);
  });
});

describe('with Katello 5', () => {
  let world: SmallWorld;
  afterEach(() => world.close());

  test('the two records of a host are one capsule, synced by the id of the one with Pulpcore', async () => {
    world = new SmallWorld({ mode: '5' });
    const katello = inProcess(world);
    const found = await katello.findCapsule(controlName);

    expect(found).toMatchObject({ id: 2, name: controlName, url: `https://${serviceName}:9090` });
    expect(found?.features.map(({ name }) => name).sort()).toEqual([
      'Logs',
      'Pulpcore',
      'Registration',
      'Templates',
    ]);
    expect(await katello.refreshFeatures(found?.id ?? 0)).toEqual(found);
    expect(await katello.startSync(2, 'complete', 'rebuild-1')).toMatchObject({
      result: 'pending',
    });
  });

  test('errors are read from their new shape', async () => {
    world = new SmallWorld({ mode: '5' });

    await expect(inProcess(world).contentTypes(99)).rejects.toMatchObject({
      message: expect.stringContaining("Couldn't find SmartProxy"),
    });
  });

  test('instants with the offset of a user are read', async () => {
    world = new SmallWorld({ mode: '5', offset: '-0400' });
    const task = await inProcess(world).startSync(2, 'complete', 'rebuild-1');

    expect(task.startedAt).toEqual(new Date(Date.now()));
  });
});
