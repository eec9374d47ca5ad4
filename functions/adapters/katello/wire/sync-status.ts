import { z } from 'zod';
import type { ContentCounts } from '../../../domain/content-counts.ts';
import { listOf } from './lenient.ts';

const repositoryCounts = z.object({
  counts: z
    .record(z.string(), z.int().min(0).nullable())
    .nullish()
    .transform((counts) => counts ?? {}),
  metadata: z
    .object({ env_id: z.int().nullish(), library_instance_id: z.int().nullish() })
    .nullish(),
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

/** By its id in the Library, which it keeps in every version; other ids are of one version only. */
const listedRepository = z.object({
  id: z.int(),
  name: z.string(),
  library_id: z.int().nullish(),
});

const environmentSchema = z.object({
  id: z.int(),
  name: z.string(),
  organization: z.object({ name: z.string() }).nullish(),
  content_views: listOf(
    z.object({
      cvv_id: z.int().nullish(),
      name: z.string(),
      repositories: listOf(listedRepository),
    }),
  ),
});

export const syncStatusSchema = z.object({
  unsyncable_content_types: listOf(z.string()),
  content_counts: contentCounts,
  lifecycle_environments: listOf(environmentSchema),
});
export type WireSyncStatus = z.infer<typeof syncStatusSchema>;

/**
 * Katello's counts by repository, each under its environment, content view and name. Counts of content view
 * versions that are no longer in an environment of the proxy are not content that it has to serve. A repository
 * that Katello counted and found empty is listed without counts.
 */
export const countsOf = (status: WireSyncStatus, organization: string): ContentCounts =>
  Object.fromEntries(
    Object.entries(status.content_counts).flatMap(([version, { repositories }]) =>
      Object.entries(repositories ?? {}).flatMap(([id, { counts, metadata }]) => {
        const view = viewOf(status, Number(version), metadata?.env_id ?? null, organization);
        if (view === null) return [];
        const key = `${view.path}/${nameOf(view, metadata?.library_instance_id ?? Number(id))}`;
        return [[key, known(counts)] as const];
      }),
    ),
  );

type View = WireSyncStatus['lifecycle_environments'][number]['content_views'][number];

const viewOf = (
  status: WireSyncStatus,
  version: number,
  environmentId: number | null,
  organization: string,
): { readonly path: string; readonly view: View } | null => {
  for (const environment of status.lifecycle_environments) {
    if (environmentId !== null && environment.id !== environmentId) continue;
    const view = environment.content_views.find(({ cvv_id }) => cvv_id === version);
    if (view === undefined) continue;
    // Another organization may have an environment and a content view with the same names.
    const owner = environment.organization?.name ?? organization;
    const prefix = owner === organization ? '' : `${owner}: `;
    return { path: `${prefix}${environment.name}/${view.name}`, view };
  }
  return null;
};

/** With its id, because two products may have repositories of the same name. */
const nameOf = ({ view }: { readonly view: View }, libraryId: number): string => {
  const listed = view.repositories.find(({ id, library_id }) => (library_id ?? id) === libraryId);
  return listed === undefined ? `repository ${libraryId}` : `${listed.name} (${libraryId})`;
};

const known = (counts: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([type, count]) =>
      count === null ? [] : [[type, count] as const],
    ),
  );
