import { z } from 'zod';

const counts = z.record(z.string(), z.int().min(0));
/** Files that there should be, and those that are on this instance's disk; `null` when that could not be read. */
const files = z.object({ wanted: z.int().min(0), present: z.int().min(0) });
/** When Pulp downloads files: at a sync, when a client asks first, or whenever a client asks. */
export const downloadPolicies = ['immediate', 'on_demand', 'streamed'] as const;

/** One repository as the Pulp of an instance holds it. */
export const reportedRepositorySchema = z.object({
  /** Pulp's content plugin, such as `rpm` or `container`. */
  type: z.string(),
  /** `null` when it has no remote: nothing is downloaded into it. */
  policy: z.enum(downloadPolicies).nullable(),
  /** A distribution serves its latest version; `null` when that could not be read. */
  published: z.boolean().nullable(),
  /** Content units in the latest version, by Pulp's names: `{ 'rpm.package': 6200 }`. */
  counts,
  /** Files of the latest version's content. */
  artifacts: files.nullable(),
  /** Files of its published metadata, without which nothing can be installed. */
  metadata: files.nullable().default(null),
});
export type ReportedRepository = z.infer<typeof reportedRepositorySchema>;

/** Repositories by their names in Pulp, which are the same on every instance of a proxy. */
export type InstanceContent = Readonly<Record<string, ReportedRepository>>;

const byName = (
  repositories: readonly (ReportedRepository & { readonly name: string })[],
): InstanceContent =>
  Object.fromEntries(repositories.map(({ name, ...repository }) => [name, repository]));

/** The container gateway of an instance. It refuses to serve a repository that it does not know. */
export const reportedGatewaySchema = z.object({
  repositories: z.array(z.string()),
  /** Those of them that clients may pull from without a login. */
  public: z.array(z.string()),
  /** Repositories that its Pulp serves and the gateway does not know. */
  unknown: z.array(z.string()),
  /** The highest number of a row in its list; 0 if it is empty. Each push of Katello replaces all rows by new ones. */
  newestRow: z.int().min(0),
  /** Why it did not take the list that it was given. */
  refusal: z.string().nullable(),
});
export type ReportedGateway = z.infer<typeof reportedGatewaySchema>;

/** Content of an instance by its own report; Katello contributes nothing to it. */
export const contentReportSchema = z.object({
  version: z.literal(1),
  instanceId: z.string(),
  takenAt: z.iso.datetime(),
  repositories: z
    .array(reportedRepositorySchema.extend({ name: z.string().min(1) }))
    .transform(byName),
  /** `null`: there is none. */
  gateway: reportedGatewaySchema.nullable(),
  /** What could not be read; a report with problems is no proof of anything. */
  problems: z.array(z.string()),
});
export type ContentReport = z.infer<typeof contentReportSchema>;

/** Units in a repository, whatever their type. */
export const unitsIn = (units: Readonly<Record<string, number>>): number =>
  Object.values(units).reduce((sum, count) => sum + count, 0);

/** It is served, and there is something in it. */
export const servesContent = ({ published, counts: units }: ReportedRepository): boolean =>
  published === true && unitsIn(units) > 0;

/** Whether the instance serves any content. */
export const holdsContent = (content: InstanceContent): boolean =>
  Object.values(content).some(servesContent);
