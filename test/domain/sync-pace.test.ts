import { describe, expect, test } from '@jest/globals';
import { NamedFailure } from '../../functions/domain/failures.ts';
import type { KnownContent } from '../../functions/domain/known-content.ts';
import type { FollowedSync } from '../../functions/domain/sections.ts';
import { orSkippedSync, plausibleSyncSeconds } from '../../functions/domain/sync-pace.ts';

const held = (policy: 'immediate' | 'on_demand', files: number) => ({
  type: 'rpm',
  policy,
  published: true,
  counts: { 'rpm.package': files },
  artifacts: { wanted: files, present: files },
  metadata: null,
});

const known = (instance: KnownContent['instance']): KnownContent => ({
  owner: 'arn:one',
  isFresh: true,
  katello: { one: { rpm: 1 }, two: { rpm: 1 }, three: { rpm: 1 } },
  instance,
  gateway: null,
});

describe('the least time of a complete sync', () => {
  test('follows from the number of repositories, and with immediate of files', () => {
    const onDemand = held('on_demand', 40_000);

    expect(plausibleSyncSeconds(known({ one: onDemand, two: onDemand }))).toBe(1);
    expect(plausibleSyncSeconds(known({ one: onDemand, two: held('immediate', 40_000) }))).toBe(41);
  });

  test('follows from the repositories that Katello counts where no report is known', () => {
    expect(plausibleSyncSeconds(known(null))).toBe(2);
    expect(plausibleSyncSeconds({ ...known(null), katello: null })).toBe(0);
  });
});

describe('content that is missing', () => {
  const missing = new NamedFailure('ContentMissing', 'i-new has less content than it should');
  const baseline = known({ one: held('immediate', 9_500) });
  const sync = (changes: Partial<FollowedSync>): FollowedSync => ({
    taskId: 'task-7',
    scope: 'complete',
    attempt: 1,
    startedAt: '2026-11-02T00:00:00.000Z',
    progress: 1,
    tookSeconds: 4,
    ...changes,
  });

  test('after a sync that was too fast was skipped', () => {
    expect(orSkippedSync(missing, sync({}), baseline)).toMatchObject({
      name: 'SyncSuspiciouslyFast',
      message:
        'task task-7 succeeded after 4 s, but a complete sync of this content takes at least 10 s: Katello has ' +
        'probably skipped what it believes to be there. i-new has less content than it should',
    });
  });

  test.each<[string, Partial<FollowedSync>]>([
    ['that took its time', { tookSeconds: 10 }],
    ['that was a light one', { scope: 'light' }],
    ['of which the time is not known', { tookSeconds: undefined }],
  ])('after a sync %s is just missing', (_what, changes) => {
    expect(orSkippedSync(missing, sync(changes), baseline)).toBe(missing);
  });

  test('by the word of the instance alone is no matter of the sync', () => {
    const contradicted = new NamedFailure('ContentContradicted', 'i-new does not have it');

    expect(orSkippedSync(contradicted, sync({}), baseline)).toBe(contradicted);
  });
});
