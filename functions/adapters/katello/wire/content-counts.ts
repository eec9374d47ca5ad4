import { z } from 'zod';
import type { ContentCounts } from '../../../domain/content-counts.ts';

const repositoryCounts = z.object({
  counts: z
    .record(z.string(), z.int().min(0).nullable())
    .nullish()
    .transform((counts) => counts ?? {}),
  metadata: z
    .object({
      env_id: z.int().nullish(),
      library_instance_id: z.int().nullish(),
      content_type: z.string().nullish(),
    })
    .nullish(),
});

const isCounted = (answer: object): boolean =>
  Object.keys(answer).length === 0 || Object.hasOwn(answer, 'content_view_versions');

/**
 * Katello's counts of a proxy, by content view version and repository; `{}` or `null` before the first count, and
 * nothing else without counts: something between could answer 200 with a page of its own.
 * Each count leaves out versions that are in no environment of the proxy any more (`remove_unavailable_versions`,
 * https://github.com/Katello/katello/blob/master/app/models/katello/concerns/smart_proxy_extensions.rb).
 */
export const contentCountsSchema = z
  .looseObject({
    content_view_versions: z
      .record(
        z.string(),
        z.object({ repositories: z.record(z.string(), repositoryCounts).nullish() }),
      )
      .nullish(),
  })
  .refine(isCounted, 'no content_view_versions')
  .nullable()
  .transform((counts) => counts?.content_view_versions ?? {});
export type WireContentCounts = z.infer<typeof contentCountsSchema>;

type WireRepository = z.infer<typeof repositoryCounts>;

/** What Katello counted, one row per repository. */
export const countedRepositories = (
  versions: WireContentCounts,
): readonly (WireRepository & { readonly versionId: number; readonly id: string })[] =>
  Object.entries(versions).flatMap(([versionId, { repositories }]) =>
    Object.entries(repositories ?? {}).map(([id, repository]) => ({
      ...repository,
      versionId: Number(versionId),
      id,
    })),
  );

/** By the id of each repository; one that Katello counted and found empty is listed without counts. */
export const countsOf = (versions: WireContentCounts): ContentCounts =>
  Object.fromEntries(
    countedRepositories(versions).map(({ id, counts }) => [id, known(counts)] as const),
  );

export const contentTypesOf = (versions: WireContentCounts): readonly string[] => [
  ...new Set(countedRepositories(versions).flatMap(({ metadata }) => metadata?.content_type ?? [])),
];

const known = (counts: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([type, count]) =>
      count === null ? [] : [[type, count] as const],
    ),
  );
