import { describe, expect, test } from '@jest/globals';
import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { assertFilled } from '../../functions/domain/content-judgement.ts';
import type { InstanceContent, ReportedRepository } from '../../functions/domain/content-report.ts';
import type { KnownContent } from '../../functions/domain/known-content.ts';
import { failureIn } from './failure.ts';

const held = (rpm: number, changes: Partial<ReportedRepository> = {}): ReportedRepository => ({
  type: 'rpm',
  policy: 'on_demand',
  published: true,
  counts: rpm === 0 ? {} : { 'rpm.package': rpm },
  artifacts: { wanted: rpm, present: 0 },
  metadata: { wanted: 8, present: 8 },
  ...changes,
});

const katello: ContentCounts = {
  '15': { rpm: 21_000 },
  '16': { rpm: 64 },
};
const instance: InstanceContent = { appstream: held(21_000), 'in-house': held(64) };
const baseline: KnownContent = {
  owner: 'arn:one',
  isFresh: true,
  katello,
  instance,
  gateway: null,
};
const tolerance = 0.02;

const verdict = (
  after: { readonly katello?: ContentCounts; readonly instance?: InstanceContent },
  known: KnownContent | null = baseline,
): string => {
  const evidence = {
    instanceId: 'i-new',
    katelloName: 'berlin-control',
    katello,
    instance,
    names: { '16': 'Production/RHEL 9/In-house (16)' },
    ...after,
  };
  try {
    assertFilled(known, evidence, tolerance);
    return 'filled';
  } catch {
    const { name, message } = failureIn(() => assertFilled(known, evidence, tolerance));
    return `${name}: ${message}`;
  }
};

describe('a replacement', () => {
  test('that has what the incumbent had is filled', () => {
    expect(verdict({})).toBe('filled');
  });

  test('may have more: content was published meanwhile', () => {
    expect(verdict({ instance: { ...instance, new: held(5), 'in-house': held(70) } })).toBe(
      'filled',
    );
  });

  test('may have a little less in a repository', () => {
    expect(verdict({ instance: { ...instance, appstream: held(20_900) } })).toBe('filled');
  });

  test.each<[string, InstanceContent, string]>([
    ['lacks a small repository', { appstream: held(21_000) }, 'in-house: missing, had 64 units'],
    [
      'has a small repository that is empty',
      { ...instance, 'in-house': held(0) },
      'in-house: rpm.package 64 -> 0',
    ],
    [
      'has a small repository that nobody can reach',
      { ...instance, 'in-house': held(64, { published: false }) },
      'in-house: not published, had 64 units',
    ],
    [
      'could not tell whether a repository is published',
      { ...instance, 'in-house': held(64, { published: null }) },
      'in-house: not published',
    ],
    [
      'lacks more of one repository than the tolerance, however much there is in all',
      { ...instance, 'in-house': held(62) },
      'in-house: rpm.package 64 -> 62',
    ],
    ['is empty', {}, 'Katello counts content in 2 repositories, and i-new serves 0'],
  ])('that %s contradicts Katello, which counts everything', (_what, after, words) => {
    expect(verdict({ instance: after })).toMatch(/^ContentContradicted: /);
    expect(verdict({ instance: after })).toContain(words);
  });

  test.each<[string, ContentCounts, string]>([
    [
      'has a small repository that is empty',
      { ...katello, '16': {} },
      'Production/RHEL 9/In-house (16): rpm 64 -> 0',
    ],
    [
      'lacks a repository',
      { '15': { rpm: 21_000 } },
      'Production/RHEL 9/In-house (16): rpm 64 -> 0',
    ],
    ['is empty', {}, 'Katello counts no content on the replacement'],
  ])('that %s by the counts of Katello lacks content', (_what, after, words) => {
    expect(verdict({ katello: after })).toMatch(/^ContentMissing: /);
    expect(verdict({ katello: after })).toContain(words);
  });
});

describe('files on the disk', () => {
  test.each<[string, Partial<ReportedRepository>, string]>([
    ['none with on_demand', { policy: 'on_demand' }, 'filled'],
    ['none with streamed', { policy: 'streamed' }, 'filled'],
    [
      'every one with immediate',
      { policy: 'immediate', artifacts: { wanted: 64, present: 64 } },
      'filled',
    ],
    [
      'a single one less with immediate',
      { policy: 'immediate', artifacts: { wanted: 64, present: 63 } },
      'in-house: 63 of 64 files downloaded',
    ],
    [
      'unknown with immediate',
      { policy: 'immediate', artifacts: null },
      'files downloaded unknown',
    ],
    [
      'of metadata, one less with any policy',
      { metadata: { wanted: 8, present: 7 } },
      'in-house: 7 of 8 metadata files',
    ],
  ])('%s: %j', (_what, changes, words) => {
    const found = verdict({ instance: { ...instance, 'in-house': held(64, changes) } });

    expect(found).toContain(words);
    if (words !== 'filled') expect(found).toMatch(/^ContentMissing: /);
  });
});

describe('without an incumbent', () => {
  const past: KnownContent = { ...baseline, isFresh: false };
  const lessInKatello = { '15': { rpm: 21_000 } };

  test('what Katello no longer lists may be gone from the instance as well', () => {
    const after = { katello: lessInKatello, instance: { appstream: held(21_000) } };

    expect(verdict(after, past)).toBe('filled');
    expect(verdict(after)).toMatch(/^ContentMissing: /);
  });

  test('what Katello still lists may not', () => {
    expect(verdict({ instance: { appstream: held(21_000) } }, past)).toMatch(
      /^ContentContradicted/,
    );
  });

  test('a repository that is there must still hold what it held', () => {
    const after = { katello: lessInKatello, instance: { ...instance, 'in-house': held(0) } };

    expect(verdict(after, past)).toContain('in-house: rpm.package 64 -> 0');
  });

  test.each([null, { ...past, katello: null, instance: null }])(
    'and without any past, the instance must serve as many repositories as Katello counts: %j',
    (nothing) => {
      expect(verdict({}, nothing)).toBe('filled');
      expect(verdict({ instance: { appstream: held(21_000) } }, nothing)).toContain(
        'Katello counts content in 2 repositories, and i-new serves 1',
      );
    },
  );
});

test('the failure names the name to look at first, before everything that is missing', () => {
  const words = verdict({ instance: {} });

  expect(words.indexOf('getent hosts')).toBeGreaterThan(words.indexOf('berlin-control'));
  expect(words.indexOf('getent hosts')).toBeLessThan(words.indexOf('in-house'));
});
