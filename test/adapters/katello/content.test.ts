import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContentPort } from '../../../functions/ports/content.ts';
import type { MarkerPort } from '../../../functions/ports/marker.ts';
import {
  answeredBy,
  content,
  contentOver,
  controlName,
  credentials,
  host,
  markerOver,
  SmallWorld,
  serviceName,
  syncSeconds,
  unanswered,
} from '../../sandbox/katello/small-world.ts';
import { type WayIn, waysIn } from './ways-in.ts';

describe.each(waysIn)('the content port %s', (_name, open) => {
  let world: SmallWorld;
  let way: WayIn;
  let katello: ContentPort;
  let marker: MarkerPort;

  beforeEach(async () => {
    world = new SmallWorld();
    way = await open(world);
    katello = contentOver(way.dispatcher);
    marker = markerOver(way.dispatcher);
  });
  afterEach(async () => {
    await way.close();
    world.close();
  });

  test('reads the version, and that all services are well', async () => {
    expect(await katello.health()).toEqual({ version: '4.21.0', failing: [] });
  });

  test('names a service that is not well, with its message', async () => {
    world.katello.failingServices.set('pulp3', 'no workers are running');

    expect((await katello.health()).failing).toEqual(['pulp3: no workers are running']);
  });

  test('finds a capsule by its exact name', async () => {
    expect(await katello.findCapsule(controlName)).toMatchObject({
      id: 2,
      name: controlName,
      url: `https://${serviceName}:9090`,
      lifecycleEnvironments: ['Production'],
      downloadPolicy: 'on_demand',
    });
  });

  test.each(['proxy', 'proxy1', 'unknown.example.com'])('does not find %s', async (name) => {
    expect(await katello.findCapsule(name)).toBeNull();
  });

  test('follows a complete sync from its start to content that is counted', async () => {
    const started = await katello.startSync(2, 'complete', 'rebuild-1');
    expect(started).toMatchObject({ result: 'pending', requestId: 'rebuild-1', endedAt: null });

    await world.pass(syncSeconds / 2);
    const half = await katello.readTask(started.id);
    expect(half?.state).toBe('running');
    expect((await katello.activeSyncs(2)).map(({ id }) => id)).toEqual([started.id]);

    await world.pass(syncSeconds);
    expect(await katello.readTask(started.id)).toMatchObject({
      state: 'stopped',
      result: 'success',
    });
    expect(await katello.activeSyncs(2)).toEqual([]);
    expect(world.byPath(await katello.readCounts(2))).toEqual(content);
  });

  test('returns the sync that the same request id has started, running or ended', async () => {
    const first = await katello.startSync(2, 'complete', 'rebuild-1');
    expect((await katello.startSync(2, 'complete', 'rebuild-1')).id).toBe(first.id);

    await world.pass(syncSeconds * 2);
    expect((await katello.startSync(2, 'complete', 'rebuild-1')).id).toBe(first.id);
    expect((await katello.startSync(2, 'complete', 'rebuild-2')).id).not.toBe(first.id);
  });

  test('finds the sync again whose answer was lost', async () => {
    world.katello.loseAnswer(({ method }) => method === 'POST');
    const task = await katello.startSync(2, 'complete', 'rebuild-1');

    expect(task.requestId).toBe('rebuild-1');
    expect(world.katello.activeSyncs(2)).toHaveLength(1);
    expect(world.katello.katelloCalls).toBe(3);
  });

  test('finds the count again whose answer was lost', async () => {
    world.katello.loseAnswer(({ method }) => method === 'POST');
    const task = await katello.startCount(2, 'count-1');

    expect((await katello.startCount(2, 'count-1')).id).toBe(task.id);
  });

  test('finds its own tasks among others, each once', async () => {
    world.katello.startAutomaticSync(2);
    const sync = await katello.startSync(2, 'light', 'rebuild-1');
    const count = await katello.startCount(2, 'rebuild-2');
    const found = await katello.findTasks(2, ['rebuild-1', 'rebuild-2']);

    expect(found.map(({ id }) => id)).toEqual([sync.id, count.id]);
  });

  test('does not take the tasks of another capsule for its own', async () => {
    await katello.startCount(2, 'count-1');

    expect(await katello.findTasks(3, ['count-1'])).toEqual([]);
  });

  test('says null for a task that Katello has forgotten', async () => {
    const { id } = await katello.startSync(2, 'light', 'rebuild-1');
    world.katello.tasks.forget(id);

    expect(await katello.readTask(id)).toBeNull();
  });

  test('refreshes features, and names it when nothing answers on 9090', async () => {
    expect((await katello.refreshFeatures(2)).features.map(({ name }) => name)).toEqual([
      'Pulpcore',
      'Registration',
      'Templates',
      'Logs',
    ]);

    world.names.delete(serviceName);
    await expect(katello.refreshFeatures(2)).rejects.toMatchObject({
      name: 'FeaturesNotRefreshed',
    });
  });

  test.each([
    ['KatelloRefused', () => katello.contentTypes(99), "Couldn't find SmartProxy"],
    ['KatelloRefused', () => katello.refreshFeatures(99), 'smart_proxy not found'],
    ['KatelloUnavailable', () => katello.contentTypes(1), 'mirror=true'],
  ])('throws %s with what Katello says', async (name, call, text) => {
    await expect(call()).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });

  test('throws KatelloForbids with the permission that is missing', async () => {
    world.katello.user.missing.add('manage_capsule_content');

    await expect(katello.startSync(2, 'complete', 'rebuild-1')).rejects.toMatchObject({
      name: 'KatelloForbids',
      message: expect.stringContaining('manage_capsule_content'),
    });
  });

  test('throws KatelloUnavailable while Katello is down, and works when it is back', async () => {
    world.faults.on.add('katello-down');
    for (let call = 0; call < 4; call += 1) {
      await expect(katello.health()).rejects.toMatchObject({ name: 'KatelloUnavailable' });
    }

    world.faults.on.delete('katello-down');
    expect((await katello.health()).version).toBe('4.21.0');
  });

  test('makes no more requests after the credentials were rejected, until it is created again', async () => {
    world.faults.on.add('katello-rejects-credentials');
    await expect(katello.activeSyncs(2)).rejects.toMatchObject({
      name: 'KatelloRejectsCredentials',
    });
    world.faults.on.delete('katello-rejects-credentials');
    const calls = world.katello.katelloCalls;

    await expect(katello.activeSyncs(2)).rejects.toMatchObject({
      name: 'KatelloRejectsCredentials',
    });
    expect(world.katello.katelloCalls).toBe(calls);
    expect(await contentOver(way.dispatcher).activeSyncs(2)).toEqual([]);
  });

  test('never shows a secret, whatever goes wrong', async () => {
    const wrong = contentOver(way.dispatcher, {
      credentials: async () => ({ login: 'svc', token: 'pat-secret-1' }),
    });
    const encoded = Buffer.from('svc:pat-secret-1').toString('base64');
    const error: unknown = await wrong.activeSyncs(2).catch((caught: unknown) => caught);

    const shown = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).stack)}`;
    expect(shown).toContain('KatelloRejectsCredentials');
    expect(shown).not.toContain('pat-secret-1');
    expect(shown).not.toContain(encoded);
    expect((error as Error).cause).toBeUndefined();
  });

  test('reads who answers under a name, on a new connection each time', async () => {
    const { id } = world.replacement;
    expect(await marker.readMarkers(controlName, 3)).toEqual(answeredBy(id, id, id));

    world.names.set(controlName, [world.incumbent, world.replacement]);
    const markers = await marker.readMarkers(controlName, 10);
    expect(new Set(markers.map(({ instanceId }) => instanceId))).toEqual(
      new Set([world.incumbent.id, world.replacement.id]),
    );
  });

  test('reads the reason where nobody answers, or the name is unknown', async () => {
    world.replacement.phase = 'installing';

    expect(await marker.readMarkers(controlName, 2)).toEqual(
      unanswered(
        `${controlName}:443: the connection was`,
        `${controlName}:443: the connection was`,
      ),
    );
    expect(await marker.readMarkers('unknown.example.com', 1)).toEqual(
      unanswered('unknown.example.com:443'),
    );
  });

  test.each([
    ['dropped', 'the connection timed out: check security groups', 'UND_ERR_CONNECT_TIMEOUT'],
    ['unresolved', 'the name server does not answer: check security groups', 'EAI_AGAIN'],
  ] as const)(
    'reports the connection that was %s, and what to check',
    async (barrier, said, code) => {
      world.barriers.set(controlName, barrier).set(host, barrier);
      const reason = new RegExp(
        `:443: ${said}, network ACLs and routes on that path \\(${code}\\)`,
      );

      expect(await marker.readMarkers(controlName, 1)).toEqual([
        { instanceId: null, reason: expect.stringMatching(reason) },
      ]);
      await expect(katello.health()).rejects.toMatchObject({
        name: 'KatelloUnavailable',
        message: expect.stringMatching(reason),
      });
    },
  );

  test('does not take another page for a marker', async () => {
    expect(await marker.readMarkers(host, 1)).toEqual(
      unanswered('/pub/instance-id is answered with 401'),
    );
  });

  test('sends the credentials as Basic', async () => {
    expect(credentials.login).not.toBe('');
    expect(await contentOver(way.dispatcher).findCapsule(controlName)).not.toBeNull();
  });
});
