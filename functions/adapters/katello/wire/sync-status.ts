import { z } from 'zod';
import type { ContentCounts } from '../../../domain/content-counts.ts';
import { listOf } from './lenient.ts';

const repositoryCounts = z.object({
  counts: z
    .record(z.string(), z.int().min(0).nullable())
    .nullish()
    .transform((counts) => counts ?? {}),
  metadata: z
    .object({ env_id: z.int().nullish() })
    .nullish()
    .transform((metadata) => metadata?.env_id ?? null),
});

const contentCounts = z
  .object({
    content_view_versions: z
      .record(
        z.string(),
        z.object({ repositories: z.record(z.string(), repositoryCounts).nullish() }),
      )
      .nullish(),
  })
  .nullish()
  .transform((counts) => counts?.content_view_versions ?? {});

const environmentSchema = z.object({
  id: z.int(),
  name: z.string(),
  organization: z.object({ name: z.string() }).nullish(),
  content_views: listOf(z.object({ cvv_id: z.int().nullish(), name: z.string() })),
});

export const syncStatusSchema = z.object({
  unsyncable_content_types: listOf(z.string()),
  content_counts: contentCounts,
  lifecycle_environments: listOf(environmentSchema),
});
export type WireSyncStatus = z.infer<typeof syncStatusSchema>;

/**
 * Sums Katello's counts per repository, by environment and content view. Counts of content view versions that
 * are no longer in an environment of the proxy are not content that it has to serve.
 */
export const countsOf = (status: WireSyncStatus, organization: string): ContentCounts => {
  const sums: Record<string, Record<string, number>> = {};
  for (const [version, { repositories }] of Object.entries(status.content_counts)) {
    for (const { counts, metadata } of Object.values(repositories ?? {})) {
      const key = keyOf(status, Number(version), metadata, organization);
      if (key !== null) addTo(sums, key, counts);
    }
  }
  return sums;
};

const keyOf = (
  status: WireSyncStatus,
  version: number,
  environmentId: number | null,
  organization: string,
): string | null => {
  for (const environment of status.lifecycle_environments) {
    if (environmentId !== null && environment.id !== environmentId) continue;
    const view = environment.content_views.find(({ cvv_id }) => cvv_id === version);
    if (view === undefined) continue;
    // Another organization may have an environment and a content view with the same names.
    const owner = environment.organization?.name ?? organization;
    const prefix = owner === organization ? '' : `${owner}: `;
    return `${prefix}${environment.name}/${view.name}`;
  }
  return null;
};

const addTo = (
  sums: Record<string, Record<string, number>>,
  key: string,
  counts: Readonly<Record<string, number | null>>,
): void => {
  const sum = new Map(Object.entries(sums[key] ?? {}));
  for (const [type, count] of Object.entries(counts)) {
    if (count !== null) sum.set(type, (sum.get(type) ?? 0) + count);
  }
  sums[key] = Object.fromEntries(sum);
};
