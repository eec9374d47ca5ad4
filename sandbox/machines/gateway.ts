import type { ContentCounts } from '../../functions/domain/content-counts.ts';

/**
 * The list of a container gateway: it answers for no other repository. Rows are numbered by the database, and a new
 * list replaces them all: update_repository_list in
 * https://github.com/Katello/smart_proxy_container_gateway/blob/main/lib/smart_proxy_container_gateway/container_gateway_main.rb
 */
export interface GatewayList {
  /** Whether a repository needs a login, by name. */
  readonly repositories: Readonly<Record<string, boolean>>;
  /** The last number that was given to a row. */
  readonly newestRow: number;
}

export const emptyGateway: GatewayList = { repositories: {}, newestRow: 0 };

export const replaceList = (
  list: GatewayList,
  repositories: GatewayList['repositories'],
): GatewayList => ({
  repositories,
  newestRow: list.newestRow + Object.keys(repositories).length,
});

type Counts = Readonly<Record<string, number>>;

const isImage = (counts: Counts): boolean =>
  Object.keys(counts).some((unit) => unit.startsWith('docker'));

/** Container repositories by the names that clients pull: base paths of Pulp's distributions. */
export const imagesIn = (content: ContentCounts): readonly string[] =>
  Object.entries(content)
    .filter(([, counts]) => isImage(counts))
    .map(([path]) => path.toLowerCase().replaceAll(' ', '_'));

/** As Katello pushes it: an environment may be open for pulls without a login (registry_unauthenticated_pull). */
export const katellosList = (content: ContentCounts): GatewayList['repositories'] =>
  Object.fromEntries(imagesIn(content).map((name) => [name, !name.startsWith('staging/')]));

/** Whether clients get every container repository of this content, and none without the login that it needs. */
export const answersFor = ({ repositories }: GatewayList, content: ContentCounts): boolean =>
  Object.entries(katellosList(content)).every(
    ([name, needsLogin]) => repositories[name] !== undefined && (repositories[name] || !needsLogin),
  );
