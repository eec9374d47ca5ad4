import { expect, test } from '@jest/globals';
import type { ReportedRepository } from '../../functions/domain/content-report.ts';
import { provenBy, provenWords } from '../../functions/domain/proven-content.ts';

const held = (
  policy: ReportedRepository['policy'],
  changes: Partial<ReportedRepository> = {},
): ReportedRepository => ({
  type: 'rpm',
  policy,
  published: true,
  counts: { 'rpm.package': 9 },
  artifacts: { wanted: 9, present: 9 },
  metadata: { wanted: 8, present: 8 },
  ...changes,
});

test('what was compared is counted by download policy, and what serves nothing is left out', () => {
  const content = {
    one: held('on_demand'),
    two: held('on_demand'),
    three: held('immediate'),
    four: held(null),
    empty: held('immediate', { counts: {} }),
    hidden: held('streamed', { published: false }),
  };

  expect(provenBy(content)).toEqual({ on_demand: 2, immediate: 1, none: 1 });
});

test.each([
  [{ immediate: 2 }, 'metadata and files on disk of 2 repositories (immediate)'],
  [
    { on_demand: 1 },
    'metadata of 1 repository (on_demand); packages are fetched when a client asks first',
  ],
  [
    { none: 1, streamed: 3 },
    'metadata of 3 repositories (streamed); packages are fetched whenever a client asks; ' +
      'metadata of 1 repository without a download policy',
  ],
  [{}, ''],
])('%j reads as %j', (proven, words) => {
  expect(provenWords(proven)).toBe(words);
});
