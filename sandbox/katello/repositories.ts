import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import { type DownloadPolicy, type FilesOnDisk, filesAfterUse } from '../machines/files.ts';

type Counts = Readonly<Record<string, number>>;

/** A repository of a content view version in an environment: what a sync works through, one by one. */
export interface Repository {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly counts: Counts;
  /** Of Katello itself, and of a proxy whose record says `inherit`. */
  readonly downloadPolicy: DownloadPolicy;
}

/** Of a proxy's record: https://github.com/Katello/katello, app/models/katello/concerns/smart_proxy_extensions.rb. */
export const proxyPolicies = ['immediate', 'on_demand', 'streamed', 'inherit'] as const;
export type ProxyPolicy = (typeof proxyPolicies)[number];

/**
 * The policy of a repository's remote on a proxy: https://github.com/Katello/katello,
 * app/services/katello/pulp3/repository.rb, mirror_remote_options.
 */
export const mirrorPolicy = (
  ofProxy: ProxyPolicy,
  { downloadPolicy }: Pick<Repository, 'downloadPolicy'>,
): DownloadPolicy => (ofProxy === 'inherit' ? downloadPolicy : ofProxy);

const yumTypes = new Set(['rpm', 'srpm', 'erratum', 'package_group', 'module_stream']);

const contentTypeOf = (unit: string): string => {
  if (yumTypes.has(unit)) return 'yum';
  return unit.startsWith('docker') ? 'docker' : unit;
};

/** Shares of a content view's repositories: giants, and a company's own small ones. What rounding leaves over goes to the first. */
const yumShares = [
  ['AppStream', 0.6],
  ['BaseOS', 0.3],
  ['Extras', 0.099],
  ['In-house', 0.001],
] as const;

const shareOf = (counts: Counts, index: number): Counts =>
  Object.fromEntries(
    Object.entries(counts).map(([unit, count]) => {
      const parts = yumShares.map(([, share]) => Math.floor(count * share));
      const rest = count - parts.reduce((sum, part) => sum + part, 0);
      return [unit, (parts[index] ?? 0) + (index === 0 ? rest : 0)];
    }),
  );

/** Packages of the company itself were uploaded; everything else has Katello's default, `default_download_policy`. */
const named = (name: string, id: number): Pick<Repository, 'id' | 'name' | 'downloadPolicy'> => ({
  id,
  name,
  downloadPolicy: name === 'In-house' ? 'immediate' : 'on_demand',
});

/** Splits the counts of one content view into repositories that sum up to them exactly. */
export const repositoriesOf = (counts: Counts, nextId: () => number): readonly Repository[] => {
  const byType = Object.groupBy(Object.entries(counts), ([unit]) => contentTypeOf(unit));
  return Object.entries(byType).flatMap(([contentType, entries]) => {
    const ofType: Counts = Object.fromEntries(entries ?? []);
    if (contentType !== 'yum') {
      return [{ ...named(contentType, nextId()), contentType, counts: ofType }];
    }
    return yumShares.map(([name], index) => ({
      ...named(name, nextId()),
      contentType,
      counts: shareOf(ofType, index),
    }));
  });
};

export const unitsOf = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export const addCounts = (one: Counts, other: Counts): Counts => {
  const sum = new Map(Object.entries(one));
  for (const [unit, count] of Object.entries(other)) sum.set(unit, (sum.get(unit) ?? 0) + count);
  return Object.fromEntries(sum);
};

/** Something of each repository of content views, by its path: environment, content view, name. */
const byPath = <Value>(
  views: ContentCounts,
  readOne: (repository: Repository) => Value,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(views).flatMap(([view, counts]) =>
      repositoriesOf(counts, () => 0).map(
        (repository) => [`${view}/${repository.name}`, readOne(repository)] as const,
      ),
    ),
  );

/** The counts of content views, split as Katello's content view versions have it. */
export const byRepository = (views: ContentCounts): ContentCounts =>
  byPath(views, ({ counts }) => counts);

/** What an instance that has served these content views for a while has on its disk. */
export const filesByRepository = (views: ContentCounts, ofProxy: ProxyPolicy): FilesOnDisk =>
  byPath(views, (repository) =>
    filesAfterUse(mirrorPolicy(ofProxy, repository), repository.counts),
  );
