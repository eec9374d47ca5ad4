import {
  type InstanceContent,
  type ReportedRepository,
  servesContent,
  unitsIn,
} from './content-report.ts';

/** Where an instance holds less than it should, by its own report. */
export interface Gap {
  readonly repository: string;
  /** Katello counts units, so `not-downloaded` files are beyond it. */
  readonly kind: 'missing' | 'unpublished' | 'empty' | 'fewer' | 'not-downloaded';
  readonly text: string;
}

const fewerIn = (
  repository: string,
  before: ReportedRepository,
  after: ReportedRepository,
  shrinkTolerance: number,
): readonly Gap[] =>
  Object.entries(before.counts).flatMap(([type, count]): readonly Gap[] => {
    const left = after.counts[type] ?? 0;
    const isGone = count > 0 && left === 0;
    if (!isGone && left >= count * (1 - shrinkTolerance)) return [];
    return [{ repository, kind: isGone ? 'empty' : 'fewer', text: `${type} ${count} -> ${left}` }];
  });

const gapsIn = (
  repository: string,
  before: ReportedRepository,
  after: ReportedRepository | undefined,
  shrinkTolerance: number,
): readonly Gap[] => {
  if (!servesContent(before)) return [];
  const units = unitsIn(before.counts);
  if (after === undefined)
    return [{ repository, kind: 'missing', text: `missing, had ${units} units` }];
  if (after.published !== true)
    return [{ repository, kind: 'unpublished', text: `not published, had ${units} units` }];
  return fewerIn(repository, before, after, shrinkTolerance);
};

/**
 * Compares instance with instance, repository by repository. A repository or content type that had something and
 * has nothing is a gap, whatever the tolerance; more than before is fine.
 */
export const contentGaps = (
  before: InstanceContent,
  after: InstanceContent,
  shrinkTolerance: number,
): readonly Gap[] =>
  Object.entries(before).flatMap(([repository, held]) =>
    gapsIn(repository, held, after[repository], shrinkTolerance),
  );

type Files = ReportedRepository['artifacts'];

const lacking = (repository: string, what: string, files: Files): readonly Gap[] => {
  if (files !== null && files.present >= files.wanted) return [];
  const text = files === null ? `${what} unknown` : `${files.present} of ${files.wanted} ${what}`;
  return [{ repository, kind: 'not-downloaded', text }];
};

/**
 * Files that should be on the disk: of published metadata all, of content those of the policy `immediate`. With
 * `on_demand` and `streamed` a sync fetches metadata only.
 */
export const downloadGaps = (content: InstanceContent): readonly Gap[] =>
  Object.entries(content).flatMap(([repository, { policy, artifacts, metadata }]) => [
    ...(metadata === null ? [] : lacking(repository, 'metadata files', metadata)),
    ...(policy === 'immediate' ? lacking(repository, 'files downloaded', artifacts) : []),
  ]);

export const describeGaps = (gaps: readonly Gap[]): string => {
  const first = gaps.slice(0, 5).map(({ repository, text }) => `${repository}: ${text}`);
  const more = gaps.length > first.length ? [`and ${gaps.length - first.length} more`] : [];
  return [...first, ...more].join('; ');
};
