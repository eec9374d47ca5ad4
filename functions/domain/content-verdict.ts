import type { ContentCounts } from './content-counts.ts';

/** Where a rebuilt proxy holds less than before. */
export interface Shortfall {
  readonly contentView: string;
  readonly contentType: string;
  readonly before: number;
  readonly after: number;
}

/**
 * Every content type of every content view that shrank beyond the tolerance, worst first. Counts that grew
 * are fine: content may have been published in the meantime.
 */
export const shortfalls = (
  before: ContentCounts,
  after: ContentCounts,
  shrinkTolerance: number,
): readonly Shortfall[] =>
  Object.entries(before)
    .flatMap(([contentView, counts]) =>
      Object.entries(counts).map(([contentType, count]) => ({
        contentView,
        contentType,
        before: count,
        after: after[contentView]?.[contentType] ?? 0,
      })),
    )
    .filter((found) => found.after < found.before * (1 - shrinkTolerance))
    .sort((a, b) => b.before - b.after - (a.before - a.after));

export const total = (counts: ContentCounts): number =>
  Object.values(counts)
    .flatMap((byType) => Object.values(byType))
    .reduce((sum, count) => sum + count, 0);

/** The worst few, for people. */
export const describeShortfalls = (found: readonly Shortfall[]): string => {
  const worst = found
    .slice(0, 5)
    .map(
      ({ contentView, contentType, before, after }) =>
        `${contentView}: ${contentType} ${before} -> ${after}`,
    );
  const more = found.length > worst.length ? [`and ${found.length - worst.length} more`] : [];
  return [...worst, ...more].join('; ');
};
