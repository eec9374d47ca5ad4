import type { ContentCounts, RepositoryNames } from './content-counts.ts';
import { contentGaps, describeGaps, downloadGaps, type Gap } from './content-gaps.ts';
import { type InstanceContent, servesContent, unitsIn } from './content-report.ts';
import { describeShortfalls, type Shortfall, shortfalls, total } from './content-verdict.ts';
import { NamedFailure } from './failures.ts';
import type { KnownContent } from './known-content.ts';

/** The instance to judge, by the two who can tell. */
export interface Evidence {
  readonly instanceId: string;
  /** The name by which Katello reaches it, if Katello's host resolves that name as the functions do. */
  readonly katelloName: string;
  readonly katello: ContentCounts;
  readonly instance: InstanceContent;
  /** Of repositories, as far as Katello was asked for them. */
  readonly names: RepositoryNames;
}

/** Repositories that Katello no longer lists; a past that is weeks old may hold such. */
const unlisted = (before: ContentCounts, after: ContentCounts): readonly string[] =>
  Object.keys(before).filter((repository) => !Object.hasOwn(after, repository));

const listed = (before: ContentCounts, after: ContentCounts): ContentCounts =>
  Object.fromEntries(
    Object.entries(before).filter(([repository]) => Object.hasOwn(after, repository)),
  );

/** Names in Pulp are not in Katello's counts: as many may be missing as Katello has dropped. */
const unexcused = (gaps: readonly Gap[], dropped: number): readonly Gap[] => {
  const missing = gaps.filter(({ kind }) => kind === 'missing');
  return missing.length > dropped ? gaps : gaps.filter(({ kind }) => kind !== 'missing');
};

/** What Katello counts less of than before. */
export const missingByKatello = (
  known: KnownContent | null,
  after: ContentCounts,
  tolerance: number,
): readonly Shortfall[] => {
  const before = known?.katello ?? {};
  return shortfalls(known?.isFresh === false ? listed(before, after) : before, after, tolerance);
};

const missingByItself = (
  known: KnownContent | null,
  { katello, instance }: Evidence,
  tolerance: number,
): readonly Gap[] => {
  const gaps = contentGaps(known?.instance ?? {}, instance, tolerance);
  const dropped = known?.isFresh === false ? unlisted(known.katello ?? {}, katello).length : 0;
  return unexcused(gaps, dropped);
};

/** Without a past report, the number of repositories that hold something is what both can be asked about. */
const fewerRepositories = ({ katello, instance, instanceId }: Evidence): string | null => {
  const counted = Object.values(katello).filter((counts) => unitsIn(counts) > 0).length;
  const served = Object.values(instance).filter(servesContent).length;
  if (served >= counted) return null;
  return `Katello counts content in ${counted} repositories, and ${instanceId} serves ${served}`;
};

const contradiction = ({ instanceId, katelloName }: Evidence, found: string): NamedFailure =>
  new NamedFailure(
    'ContentContradicted',
    `Katello counts complete content, but ${instanceId} itself does not have it. Katello may be looking at ` +
      `another instance: check first which address Katello's host has for ${katelloName} (getent hosts), by a line ` +
      `in its hosts file, a split-horizon or private zone, or a cache. ${instanceId} reports: ${found}`,
  );

const words = (...found: readonly (string | null)[]): string =>
  found.filter((text) => text !== null && text !== '').join('; ');

/**
 * Throws unless the instance holds what it should, by its own report and by Katello's counts, each compared with
 * its own word of before: `ContentMissing` when Katello agrees that something is missing, or files are;
 * `ContentContradicted` when Katello sees everything and the instance does not have it.
 */
export const assertFilled = (
  known: KnownContent | null,
  evidence: Evidence,
  shrinkTolerance: number,
): void => {
  const { instanceId, katello, instance, names } = evidence;
  const counted = missingByKatello(known, katello, shrinkTolerance);
  const reported = missingByItself(known, evidence, shrinkTolerance);
  if (total(katello) === 0)
    throw new NamedFailure('ContentMissing', 'Katello counts no content on the replacement');
  if (counted.length > 0)
    throw new NamedFailure(
      'ContentMissing',
      `${instanceId} has less content than it should: ${describeShortfalls(counted, names)}`,
    );
  const fewer = fewerRepositories(evidence);
  if (reported.length > 0 || fewer !== null)
    throw contradiction(evidence, words(describeGaps(reported), fewer));
  const absent = downloadGaps(instance);
  if (absent.length > 0)
    throw new NamedFailure(
      'ContentMissing',
      `${instanceId} lacks files that its download policy puts onto its disk: ${describeGaps(absent)}`,
    );
};
