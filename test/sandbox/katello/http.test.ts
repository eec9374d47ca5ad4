import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { splitTarget } from '../../../sandbox/katello/http.ts';
import { credentials, SmallWorld } from './small-world.ts';

let world: SmallWorld;

beforeEach(() => {
  world = new SmallWorld();
});
afterEach(() => world.close());

const basic = (login: string, token: string): string =>
  `Basic ${Buffer.from(`${login}:${token}`).toString('base64')}`;

const ask = (
  method: string,
  target: string,
  { body = '', headers = {} }: { body?: string; headers?: Record<string, string> } = {},
) => {
  const { status, body: answer } = world.katello.handle({
    method,
    ...splitTarget(target),
    headers: {
      authorization: basic(credentials.login, credentials.token),
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
  return { status, body: JSON.parse(answer) };
};

const tasks = (search: string, rest = '') =>
  ask('GET', `/foreman_tasks/api/tasks?search=${encodeURIComponent(search)}${rest}`);

describe('requests that Katello refuses', () => {
  test('have no login', () => {
    const answer = ask('GET', '/api/status', { headers: { authorization: basic('svc', 'wrong') } });

    expect(answer).toEqual({
      status: 401,
      body: { error: { message: 'Unable to authenticate user svc' } },
    });
  });

  test('come after thirty failed logins, even with the right one', () => {
    const wrong = { headers: { authorization: basic('svc', 'wrong') } };
    for (let call = 0; call < 30; call += 1) ask('GET', '/api/status', wrong);

    expect(ask('GET', '/api/status')).toEqual({
      status: 401,
      body: { error: { message: 'Too many tries, please try again in a few minutes.' } },
    });
  });

  test('end five minutes after the last failed login, however often others follow meanwhile', async () => {
    world.faults.on.add('katello-rejects-credentials');
    for (let call = 0; call < 30; call += 1) expect(ask('GET', '/api/status').status).toBe(401);
    world.faults.on.delete('katello-rejects-credentials');

    await world.clock.tickAsync(299_000);
    expect(ask('GET', '/api/status').status).toBe(401);
    await world.clock.tickAsync(1000);
    expect(ask('GET', '/api/status').status).toBe(200);
  });

  test('lack a permission, which is named', () => {
    world.katello.user.missing.add('view_foreman_tasks');

    expect(tasks('')).toMatchObject({
      status: 403,
      body: { error: { missing_permissions: ['view_foreman_tasks'] } },
    });
  });

  test.each([
    ['are not JSON by type', { headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    ['are not JSON', { body: '{' }, 400],
    ['are JSON but no object', { body: '7' }, 400],
  ])('%s', (_what, options, status) => {
    expect(ask('POST', '/katello/api/capsules/2/content/sync', options).status).toBe(status);
    expect(world.katello.activeSyncs(2)).toHaveLength(0);
  });

  test.each([
    [
      '/api/smart_proxies/99',
      404,
      { error: { message: "Resource smart_proxy not found by id '99'" } },
    ],
    ['/katello/api/capsules/99/content/sync', 404, { errors: [expect.anything()] }],
    ['/katello/api/capsules/1/content/sync', 500, { displayMessage: expect.anything() }],
    ['/nowhere', 404, {}],
  ])('GET %s is %i', (target, status, body) => {
    expect(ask('GET', target)).toMatchObject({ status, body });
  });

  test('bulk calls without a selection', () => {
    expect(ask('POST', '/foreman_tasks/api/tasks/bulk_cancel', { body: '{}' }).status).toBe(400);
  });

  test('search by an unknown field', () => {
    expect(tasks('colour = red')).toMatchObject({
      status: 400,
      body: { error: { message: "Field 'colour' not recognized for searching!" } },
    });
  });

  test.each(['label =', '(label = a', 'label = a)', 'label a b', 'label = a or'])(
    'the search %j cannot be parsed',
    (search) => expect(tasks(search).status).toBe(400),
  );
});

describe('the task search', () => {
  beforeEach(() => {
    world.katello.startAutomaticSync(2);
    world.katello.starter.count(world.katello.capsule(2), { username: 'x', requestId: 'r' });
  });

  test.each([
    ['', 2],
    ['state = planned', 2],
    ['label ~ capsulecontent and label !~ count', 1],
    ['label != Actions::Katello::CapsuleContent::Sync', 1],
    ["(label = none or user = 'x') and result = pending", 1],
    ['user = "x" or user = foreman_admin', 2],
  ])('%j finds %i', (search, count) => {
    expect(tasks(search).body.results).toHaveLength(count);
  });

  test('by resource finds a sync once per link, and a count not at all', () => {
    const { results } = tasks('resource_type = SmartProxy and resource_id = 2').body;

    expect(results).toHaveLength(2);
    expect(new Set(results.map(({ id }: { id: string }) => id)).size).toBe(1);
  });

  test('stops after twenty unless more are asked for', () => {
    for (let sync = 0; sync < 30; sync += 1) world.katello.startAutomaticSync(2);

    expect(tasks('').body.results).toHaveLength(20);
    expect(tasks('', '&per_page=100').body.results).toHaveLength(32);
    expect(tasks('', '&page=2').body.results).toHaveLength(12);
  });

  test('lists the newest first', async () => {
    await world.pass(60);
    const newest = world.katello.startAutomaticSync(2);

    expect(tasks('').body.results[0].id).toBe(newest.id);
  });
});

describe('features', () => {
  const names = (features: readonly { readonly name: string }[]) =>
    features.map(({ name }) => name);

  test('are listed twice in the answer to a refresh, and once when they are read', () => {
    const refreshed = names(
      ask('PUT', '/api/smart_proxies/2/refresh', { body: '{}' }).body.features,
    );
    const read = names(ask('GET', '/api/smart_proxies/2').body.features);

    expect(refreshed).toEqual([...read, ...read]);
  });
});

describe('while Katello is down', () => {
  const request = { method: 'GET', ...splitTarget('/katello/api/status'), headers: {}, body: '' };

  test('requests get an HTML page or no connection at all', () => {
    world.faults.on.add('katello-down');
    const outcomes = [1, 2, 3].map(() => world.katello.exchange(request));

    expect(outcomes).toContain('refused');
    expect(outcomes).toContainEqual(expect.objectContaining({ status: 503 }));
  });

  test('running tasks continue', async () => {
    const task = world.katello.startAutomaticSync(2);
    world.faults.on.add('katello-down');
    await world.pass(60);

    expect(task).toMatchObject({ state: 'stopped', result: 'success' });
  });
});

describe('a sync status', () => {
  const status = () => ask('GET', '/katello/api/capsules/2/content/sync').body;
  const views = () => status().lifecycle_environments[0].content_views;

  test('calls everything up to date until a complete sync forgets the history', async () => {
    expect(views().map((view: { up_to_date: unknown }) => view.up_to_date)).toEqual([true, true]);

    ask('POST', '/katello/api/capsules/2/content/sync', { body: '{"skip_metadata_check":true}' });
    expect(views().map((view: { up_to_date: unknown }) => view.up_to_date)).toEqual([false, false]);
  });

  test('does not count a paused task as active', async () => {
    world.faults.on.add('sync-pauses');
    ask('POST', '/katello/api/capsules/2/content/sync', { body: '{"skip_metadata_check":true}' });
    expect(status().active_sync_tasks).toHaveLength(1);

    await world.pass(10_000);
    expect(status().active_sync_tasks).toHaveLength(0);
  });

  test('is cancelled by DELETE as far as something runs', async () => {
    const cancel = () => ask('DELETE', '/katello/api/capsules/2/content/sync').body.message;
    expect(cancel()).toContain("There's no running");

    const task = world.katello.startAutomaticSync(2);
    expect(cancel()).toContain('Trying to cancel');
    expect(task.state).toBe('planned');
  });
});

test('a misspelt parameter is no error, and makes another kind of sync', async () => {
  ask('POST', '/katello/api/capsules/2/content/sync', { body: '{"skip_metadata_chek":true}' });
  await world.pass(30);

  expect(world.katello.tasks.newestFirst().find(({ endedAt }) => endedAt)?.result).toBe('success');
  expect(world.replacement.store).toEqual({});
});
