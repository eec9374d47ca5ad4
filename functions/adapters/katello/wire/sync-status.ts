import { z } from 'zod';
import type { RepositoryNames } from '../../../domain/content-counts.ts';
import { contentCountsSchema, countedRepositories } from './content-counts.ts';
import { listOf } from './lenient.ts';

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
  content_counts: contentCountsSchema.optional().transform((counts) => counts ?? {}),
  lifecycle_environments: listOf(environmentSchema),
});
export type WireSyncStatus = z.infer<typeof syncStatusSchema>;

/** What people call the repositories that Katello counted: environment, content view and name. */
export const namesOf = (status: WireSyncStatus, organization: string): RepositoryNames =>
  Object.fromEntries(
    countedRepositories(status.content_counts).flatMap(({ id, versionId, metadata }) => {
      const view = viewOf(status, versionId, metadata?.env_id ?? null, organization);
      if (view === null) return [];
      return [[id, `${view.path}/${nameOf(view, metadata?.library_instance_id ?? Number(id))}`]];
    }),
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
