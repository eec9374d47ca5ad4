import { z } from 'zod';
import { downloadPolicies, type InstanceContent, servesContent } from './content-report.ts';

/**
 * How many repositories a rebuild has compared, by download policy: `{ immediate: 2, on_demand: 24 }`. `none` are
 * those without a remote, into which nothing is downloaded.
 */
export const provenContentSchema = z.partialRecord(z.enum([...downloadPolicies, 'none']), z.int());
export type ProvenContent = z.infer<typeof provenContentSchema>;

/** What a replacement that passed the content gate has proven. */
export const provenBy = (content: InstanceContent): ProvenContent => {
  const served = Object.values(content).filter(servesContent);
  const byPolicy = Object.groupBy(served, ({ policy }) => policy ?? 'none');
  return Object.fromEntries(
    Object.entries(byPolicy).map(([policy, repositories = []]) => [policy, repositories.length]),
  );
};

/** What was compared, and what happens to packages that were not. */
const meanings: Readonly<Record<keyof ProvenContent, (repositories: string) => string>> = {
  immediate: (repositories) => `metadata and files on disk of ${repositories} (immediate)`,
  on_demand: (repositories) =>
    `metadata of ${repositories} (on_demand); packages are fetched when a client asks first`,
  streamed: (repositories) =>
    `metadata of ${repositories} (streamed); packages are fetched whenever a client asks`,
  none: (repositories) => `metadata of ${repositories} without a download policy`,
};

const counted = (count: number): string => (count === 1 ? '1 repository' : `${count} repositories`);

/** For people: what "filled" means by the download policies of a proxy. */
export const provenWords = (proven: ProvenContent): string =>
  ([...downloadPolicies, 'none'] as const)
    .flatMap((policy) => {
      const count = proven[policy] ?? 0;
      return count === 0 ? [] : [meanings[policy](counted(count))];
    })
    .join('; ');
