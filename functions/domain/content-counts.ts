/**
 * How many units of each content type a proxy holds, by Katello's id of each repository:
 * `{ '20': { rpm: 41210, erratum: 5120 } }`. A repository of a content view in a lifecycle environment keeps its id when
 * a new version is promoted (find_or_build_environment_clone,
 * https://github.com/Katello/katello/blob/master/app/lib/actions/katello/repository/clone_to_environment.rb).
 * Katello counts through the control name, so the counts are of whichever instance that name leads to from its host.
 */
export type ContentCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What people call repositories, by their ids: `{ '20': 'Production/RHEL 9/BaseOS (14)' }`. */
export type RepositoryNames = Readonly<Record<string, string>>;
