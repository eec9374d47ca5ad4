import type { ContentCounts, RepositoryNames } from './content-counts.ts';

/** Where a rebuilt proxy holds less than before. */
export interface Shortfall {
  readonly repository: string;
  readonly contentType: string;
  readonly before: number;
  readonly after: number;
}

/**
 * Every content type of every repository that shrank beyond the tolerance, worst first. Counts that grew
 * are fine: content may have been published in the meantime. A type that had units and has none is always short.
 */
export const shortfalls = (
  before: ContentCounts,
  after: ContentCounts,
  shrinkTolerance: number,
): readonly Shortfall[] =>
  Object.entries(before)
    .flatMap(([repository, counts]) =>
      Object.entries(counts).map(([contentType, count]) => ({
        repository,
        contentType,
        before: count,
        after: after[repository]?.[contentType] ?? 0,
      })),
    )
    .filter(
      ({ before: had, after: has }) => has < had * (1 - shrinkTolerance) || (had > 0 && has === 0),
    )
    .sort((a, b) => b.before - b.after - (a.before - a.after));

export const total = (counts: ContentCounts): number =>
  Object.values(counts)
    .flatMap((byType) => Object.values(byType))
    .reduce((sum, count) => sum + count, 0);

/** The worst few, for people; a repository whose name is not known goes by its id. */
export const describeShortfalls = (found: readonly Shortfall[], names: RepositoryNames): string => {
  const worst = found
    .slice(0, 5)
    .map(
      ({ repository, contentType, before, after }) =>
        `${names[repository] ?? `repository ${repository}`}: ${contentType} ${before} -> ${after}`,
    );
  const more = found.length > worst.length ? [`and ${found.length - worst.length} more`] : [];
  return [...worst, ...more].join('; ');
};
