type Counts = Readonly<Record<string, number>>;

/** When Pulp downloads the files of a repository: at a sync, at the first request, or at every request. */
export const downloadPolicies = ['immediate', 'on_demand', 'streamed'] as const;
export type DownloadPolicy = (typeof downloadPolicies)[number];

/** What one repository has on the disk of a machine. */
export interface RepositoryFiles {
  readonly policy: DownloadPolicy;
  readonly present: number;
}

/** By the repository's path. Replaced and never changed. */
export type FilesOnDisk = Readonly<Record<string, RepositoryFiles>>;

/** Katello's names of the content types of which each unit is a file. */
const withFiles = ['rpm', 'srpm', 'docker_manifest', 'file'];

/** How many files these units have. */
export const filesOf = (counts: Counts): number =>
  withFiles.reduce((sum, type) => sum + (counts[type] ?? 0), 0);

/** Of an instance that has served for a while; the share is our choice. */
const cachedShare = 0.25;

/** The files of a repository that has been served for a while. */
export const filesAfterUse = (policy: DownloadPolicy, counts: Counts): RepositoryFiles => {
  const share = { immediate: 1, on_demand: cachedShare, streamed: 0 }[policy];
  return { policy, present: Math.floor(filesOf(counts) * share) };
};

/** What a sync leaves on the disk: with `immediate` every file, otherwise what clients have asked for before. */
export const filesAfterSync = (before: RepositoryFiles, counts: Counts): RepositoryFiles => {
  const wanted = filesOf(counts);
  const present = before.policy === 'immediate' ? wanted : Math.min(before.present, wanted);
  return { ...before, present };
};

/** Whether a client would ask in vain for a file: only with `immediate`, because otherwise Pulp fetches it. */
export const lacksFiles = ({ policy, present }: RepositoryFiles, counts: Counts): boolean =>
  policy === 'immediate' && present < filesOf(counts);
