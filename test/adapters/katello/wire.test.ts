import { describe, expect, test } from '@jest/globals';
import {
  contentCountsSchema,
  countsOf,
} from '../../../functions/adapters/katello/wire/content-counts.ts';
import { parseInstant } from '../../../functions/adapters/katello/wire/lenient.ts';
import { smartProxySchema } from '../../../functions/adapters/katello/wire/smart-proxy.ts';
import { namesOf, syncStatusSchema } from '../../../functions/adapters/katello/wire/sync-status.ts';
import { taskListSchema, taskSchema } from '../../../functions/adapters/katello/wire/task.ts';

describe('instants', () => {
  test.each([
    ['2026-08-01 09:52:25 UTC', '2026-08-01T09:52:25.000Z'],
    ['2026-08-01 09:52:25 -0400', '2026-08-01T13:52:25.000Z'],
    ['2026-08-01 09:52:25 +0530', '2026-08-01T04:22:25.000Z'],
    ['2026-08-01T09:52:25.250Z', '2026-08-01T09:52:25.250Z'],
    ['2026-08-01T09:52:25+02:00', '2026-08-01T07:52:25.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseInstant(text)?.toISOString()).toBe(iso);
  });

  test.each(['', '2 days ago', '2026-08-01', '2026-08-01 09:52:25', '2026-99-01 09:52:25 UTC'])(
    '%j is none',
    (text) => expect(parseInstant(text)).toBeNull(),
  );
});

describe('a task', () => {
  test('of an old server lacks most fields', () => {
    const { task } = taskSchema.parse({ id: 'a', state: 'running', result: 'pending' });

    expect(task).toEqual({
      id: 'a',
      state: 'running',
      result: 'pending',
      progress: 0,
      startedAt: null,
      endedAt: null,
      errors: [],
      requestId: null,
    });
  });

  test.each([null, [], 'text', 7])('may have %j as input and humanized', (value) => {
    const odd = { id: 'a', state: 'paused', result: 'error', input: value, humanized: value };

    expect(taskSchema.parse(odd).task).toMatchObject({ errors: [], requestId: null });
  });

  test.each(['12.270000', '00:00:12.270000', 12.27, null])(
    'may have the duration %j',
    (duration) => {
      expect(taskSchema.safeParse({ id: 'a', state: 'running', duration }).success).toBe(true);
    },
  );

  test.each([
    ['stopped', 'N/A', 'error'],
    ['paused', undefined, 'error'],
    ['running', 'N/A', 'pending'],
    ['stopped', 'success', 'success'],
  ])('that is %s with the result %j counts as %s', (state, result, expected) => {
    expect(taskSchema.parse({ id: 'a', state, result }).task.result).toBe(expected);
  });

  test('quotes upstream addresses without their logins', () => {
    const humanized = { errors: ['404 at https://user:pass@cdn.example.com/repo', 7, null] };
    const { task } = taskSchema.parse({ id: 'a', state: 'running', humanized });

    expect(task.errors).toEqual(['404 at https://cdn.example.com/repo']);
  });

  test('that a search finds twice is one task, in its place', () => {
    const hit = (id: string) => ({ id, state: 'running' });
    const tasks = taskListSchema.parse({ results: [hit('b'), hit('b'), hit('a'), hit('b')] });

    expect(tasks.map(({ task }) => task.id)).toEqual(['b', 'a']);
  });
});

describe('a Smart Proxy', () => {
  test('has each feature once, with all its capabilities', () => {
    const feature = { name: 'Pulpcore', id: 3 };
    const capsule = smartProxySchema.parse({
      id: 2,
      name: 'a.example.com',
      url: 'https://a.example.com:9090',
      features: [
        { ...feature, capabilities: [] },
        { ...feature, capabilities: ['rpm', 'core'] },
      ],
    });

    expect(capsule.features).toEqual([{ name: 'Pulpcore', capabilities: ['rpm', 'core'] }]);
    expect(capsule.lifecycleEnvironments).toEqual([]);
  });
});

describe('content counts', () => {
  const counted = (answer: unknown) => countsOf(contentCountsSchema.parse(answer));

  /** As Katello's own source shows them: app/models/katello/concerns/smart_proxy_extensions.rb. */
  const recorded = {
    content_view_versions: {
      5: {
        repositories: {
          20: {
            counts: { rpm: 32, erratum: 4 },
            metadata: { env_id: 2, product_id: 1, content_type: 'yum', library_instance_id: 14 },
          },
          21: {
            counts: { file: 3 },
            metadata: { env_id: 2, product_id: 1, content_type: 'file', library_instance_id: 15 },
          },
          22: {
            counts: { file: 3 },
            metadata: { env_id: 3, product_id: 1, content_type: 'file', library_instance_id: 15 },
          },
        },
      },
    },
  };

  test('are given by the id of each repository', () => {
    expect(counted(recorded)).toEqual({
      20: { rpm: 32, erratum: 4 },
      21: { file: 3 },
      22: { file: 3 },
    });
  });

  test('list an empty repository, and leave out a type that was not counted', () => {
    const repositories = { 1: { counts: { rpm: null } }, 2: { counts: null }, 3: {} };

    expect(counted({ content_view_versions: { 7: { repositories } } })).toEqual({
      1: {},
      2: {},
      3: {},
    });
  });

  test.each([null, {}, { content_view_versions: null }, { content_view_versions: {} }])(
    'are empty in %j',
    (answer) => {
      expect(counted(answer)).toEqual({});
    },
  );

  test('take hostile names as names', () => {
    const repositories = { 1: { counts: JSON.parse('{"__proto__": 5, "constructor": 2}') } };
    const counts = counted({ content_view_versions: { 7: { repositories } } });

    expect(Object.keys(counts)).toEqual(['1']);
    expect(counts['1']?.['constructor']).toBe(2);
    expect(({} as Record<string, unknown>)['rpm']).toBeUndefined();
  });
});

describe('names of repositories', () => {
  const environment = (
    id: number,
    name: string,
    versions: Record<number, string>,
    owner?: string,
  ) => ({
    id,
    name,
    ...(owner !== undefined && { organization: { id: 1, name: owner } }),
    content_views: Object.entries(versions).map(([version, view]) => ({
      cvv_id: Number(version),
      name: view,
    })),
  });
  const repository = (environmentId: number | null) => ({
    counts: {},
    metadata: { env_id: environmentId },
  });
  const named = (status: unknown) => namesOf(syncStatusSchema.parse(status), 'Example');

  test('have the environment and the content view', () => {
    const status = {
      lifecycle_environments: [
        environment(1, 'Library', { 7: 'RHEL 9' }),
        environment(2, 'Production', { 7: 'RHEL 9', 8: 'Tools' }),
      ],
      content_counts: {
        content_view_versions: {
          7: { repositories: { 1: repository(1), 2: repository(2) } },
          8: { repositories: { 4: repository(null) } },
        },
      },
    };

    expect(named(status)).toEqual({
      1: 'Library/RHEL 9/repository 1',
      2: 'Production/RHEL 9/repository 2',
      4: 'Production/Tools/repository 4',
    });
  });

  test('are those that the content view lists, whatever ids its versions have', () => {
    const listed = [
      { id: 70, name: 'BaseOS', library_id: 14 },
      { id: 71, name: 'Tools', library_id: 15 },
      { id: 72, name: 'Tools', library_id: 16 },
    ];
    const ofLibrary = (id: number) => ({ metadata: { env_id: 1, library_instance_id: id } });
    const status = {
      lifecycle_environments: [
        {
          id: 1,
          name: 'Production',
          content_views: [{ cvv_id: 7, name: 'RHEL 9', repositories: listed }],
        },
      ],
      content_counts: {
        content_view_versions: {
          7: { repositories: { 20: ofLibrary(14), 21: ofLibrary(15), 22: ofLibrary(16) } },
        },
      },
    };

    expect(named(status)).toEqual({
      20: 'Production/RHEL 9/BaseOS (14)',
      21: 'Production/RHEL 9/Tools (15)',
      22: 'Production/RHEL 9/Tools (16)',
    });
  });

  test('are not known of a version that the proxy no longer serves', () => {
    const status = {
      lifecycle_environments: [environment(1, 'Library', { 8: 'RHEL 9' })],
      content_counts: { content_view_versions: { 7: { repositories: { 1: repository(1) } } } },
    };

    expect(named(status)).toEqual({});
  });

  test('keep organizations apart that use the same names', () => {
    const status = {
      lifecycle_environments: [
        environment(1, 'Library', { 7: 'Base' }, 'Example'),
        environment(9, 'Library', { 8: 'Base' }, 'Subsidiary'),
      ],
      content_counts: {
        content_view_versions: {
          7: { repositories: { 1: repository(1) } },
          8: { repositories: { 2: repository(9) } },
        },
      },
    };

    expect(named(status)).toEqual({
      1: 'Library/Base/repository 1',
      2: 'Subsidiary: Library/Base/repository 2',
    });
  });

  test('may be hostile', () => {
    const status = {
      lifecycle_environments: [environment(1, '__proto__', { 7: 'x' })],
      content_counts: { content_view_versions: { 7: { repositories: { 1: repository(1) } } } },
    };

    expect(named(status)).toEqual({ 1: '__proto__/x/repository 1' });
  });
});
