import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Outcome, SimulatedRequest } from '../../../sandbox/katello/http.ts';
import { credentials } from '../../sandbox/katello/small-world.ts';
import { CannedServer } from './canned-dispatcher.ts';

interface Row {
  readonly id: string;
  readonly requestId?: string;
  readonly username?: string;
  readonly complete?: boolean;
  readonly environmentId?: number;
}

const rowOf = ({ id, requestId, username, complete, environmentId }: Row) => ({
  id,
  label: 'Actions::Katello::CapsuleContent::Sync',
  state: 'running',
  result: 'pending',
  username: username ?? credentials.login,
  input: {
    smart_proxy_id: 2,
    current_request_id: requestId ?? 'made-by-the-web-server',
    options: { skip_metadata_check: complete ?? true, environment_id: environmentId ?? null },
  },
});

const json = (body: unknown): Outcome => ({ status: 200, headers: {}, body: JSON.stringify(body) });

/** Searches answer the lists in turn, posts are lost. */
const losing = (...lists: readonly (readonly Row[])[]): CannedServer => {
  const left = [...lists];
  return new CannedServer(({ method }: SimulatedRequest) =>
    method === 'POST' ? 'lost' : json({ results: (left.shift() ?? []).map(rowOf) }),
  );
};

const start = (server: CannedServer) => server.content().startSync(2, 'complete', 'rebuild-1');

describe('after a lost answer', () => {
  let old: Row;

  beforeEach(() => {
    old = { id: 'old' };
  });

  test('the task with our request id is ours', async () => {
    const server = losing([old], [{ id: 'new', requestId: 'rebuild-1' }, old]);

    expect((await start(server)).id).toBe('new');
  });

  test('a new pending task of our user is ours when the request id was replaced', async () => {
    const server = losing([old], [{ id: 'new' }, old]);

    expect((await start(server)).id).toBe('new');
  });

  test.each([
    ['was there before', { id: 'old' }],
    ['another user has started', { id: 'new', username: 'foreman_admin' }],
    ['syncs a single environment', { id: 'new', environmentId: 4 }],
    ['is a light sync', { id: 'new', complete: false }],
  ])('a task that %s is not taken for ours', async (_what, row) => {
    const server = losing([old], [row, old]);

    await expect(start(server)).rejects.toMatchObject({ name: 'KatelloUnavailable' });
  });

  test('nothing is posted twice', async () => {
    const server = losing([], []);
    await expect(start(server)).rejects.toMatchObject({ name: 'KatelloUnavailable' });

    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});

describe('a start', () => {
  test('looks before it posts, and does not post what is there', async () => {
    const server = losing([{ id: 'mine', requestId: 'rebuild-1' }]);

    expect((await start(server)).id).toBe('mine');
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('is not repeated after a certain refusal', async () => {
    const server = new CannedServer(({ method }) =>
      method === 'POST' ? { status: 403, headers: {}, body: '{}' } : json({ results: [] }),
    );

    await expect(start(server)).rejects.toMatchObject({ name: 'KatelloForbids' });
    expect(server.requests).toHaveLength(2);
  });

  test.each(['', 'a b', 'arn:aws:states', 'ä', 'x'.repeat(256), 'a\r\nX-Evil: 1'])(
    'refuses the request id %j',
    async (requestId) => {
      const server = losing();

      await expect(server.content().startSync(2, 'light', requestId)).rejects.toMatchObject({
        name: 'BadRequest',
        message: expect.stringContaining('letters, digits and hyphens'),
      });
      expect(server.requests).toHaveLength(0);
    },
  );

  test('sends what Katello needs to see', async () => {
    const server = new CannedServer(({ method }) =>
      json(method === 'POST' ? rowOf({ id: 'new' }) : { results: [] }),
    );
    await start(server);
    const [search, post] = server.requests;

    expect(search?.query.get('search')).toBe(
      'label = Actions::Katello::CapsuleContent::Sync and resource_type = SmartProxy and resource_id = 2 and owner.id = current_user',
    );
    expect(search?.query.get('per_page')).toBe('40');
    expect(post).toMatchObject({
      path: '/katello/api/capsules/2/content/sync',
      body: '{"skip_metadata_check":true}',
      headers: {
        accept: 'application/json;version=2',
        'content-type': 'application/json',
        'x-request-id': 'rebuild-1',
        authorization: `Basic ${Buffer.from('svc-rebuild:pat-7f3a9c').toString('base64')}`,
      },
    });
    expect(post?.headers).not.toHaveProperty('cookie');
  });
});

describe('stopping', () => {
  test('cancels what runs, halts what is paused or planned, leaves what has ended', async () => {
    const server = new CannedServer(() => json({}));
    const task = (id: string, state: 'running' | 'paused' | 'planned' | 'stopped') => ({
      id,
      state,
      result:
        state === 'running' || state === 'planned' ? ('pending' as const) : ('error' as const),
      progress: 0,
      startedAt: null,
      endedAt: null,
      errors: [],
      requestId: null,
    });
    await server
      .content()
      .stopTasks([
        task('a', 'running'),
        task('b', 'paused'),
        task('c', 'planned'),
        task('d', 'stopped'),
      ]);

    expect(server.requests.map(({ path, body }) => [path.split('/').at(-1), body])).toEqual([
      ['bulk_cancel', '{"task_ids":["a"]}'],
      ['bulk_stop', '{"task_ids":["b","c"]}'],
    ]);
  });

  test('asks nothing when there is nothing to stop', async () => {
    const server = new CannedServer(() => json({}));
    await server.content().stopTasks([]);

    expect(server.requests).toHaveLength(0);
  });
});
