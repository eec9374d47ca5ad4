import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import type { Ids } from './ids.ts';
import { addCounts, type ProxyPolicy, type Repository, repositoriesOf } from './repositories.ts';

/** A Smart Proxy with content, as the scenario describes it. */
export interface CapsuleDescription {
  readonly id: number;
  /** Its name in Foreman, which is also the host of its `pulp_url`. */
  readonly name: string;
  /** The registered address of its smart-proxy API. */
  readonly url: string;
  /** The proxy's name in the fleet file, for events and faults. */
  readonly proxy: string;
  /** What it has to serve, by content view. */
  readonly content: ContentCounts;
  /** As Foreman names them, `Pulpcore` and others. */
  readonly features: readonly string[];
  readonly downloadPolicy?: ProxyPolicy;
  /** One of another fleet, which the controller must leave alone. */
  readonly isNeighbour?: boolean;
}

/** A content view version in a lifecycle environment. */
export interface View {
  readonly key: string;
  readonly environment: string;
  readonly environmentId: number;
  readonly name: string;
  versionId: number;
  version: number;
  publishedAt: number;
  repositories: readonly Repository[];
}

/** Katello's record of one repository on one proxy; what has `finishedAt` is skipped by a plain sync. */
export interface HistoryRow {
  readonly startedAt: number;
  finishedAt: number | null;
}

export interface RepositoryCount {
  readonly repository: Repository;
  readonly environmentId: number;
  readonly counts: Readonly<Record<string, number>>;
}

const pulpCapabilities = [
  'ansible',
  'certguard',
  'container',
  'core',
  'deb',
  'file',
  'python',
  'rpm',
];

/** What Katello's database holds about one capsule. None of it is what the machine really has. */
export class Capsule {
  readonly description: CapsuleDescription;
  readonly views: readonly View[];
  readonly history = new Map<number, HistoryRow>();
  /** Results of the last count, by content view version; stale until the next one. */
  counted: ReadonlyMap<number, readonly RepositoryCount[]> = new Map();
  capabilities: readonly string[] = pulpCapabilities;
  readonly #ids: Ids;

  /** Starts as a proxy that was synced and counted long ago. */
  constructor(description: CapsuleDescription, now: number, ids: Ids) {
    this.description = description;
    this.#ids = ids;
    this.views = Object.entries(description.content).map(([key, counts]) => ({
      key,
      ...namesIn(key),
      environmentId: ids.environment(namesIn(key).environment),
      versionId: ids.next(),
      version: 1,
      publishedAt: now,
      repositories: repositoriesOf(counts, ids.next),
    }));
    for (const { id } of this.repositories()) {
      this.history.set(id, { startedAt: now, finishedAt: now });
    }
    this.counted = this.countWith((repository) => repository.counts);
  }

  /** Of all its repositories; Katello's default is `on_demand` (setting default_proxy_download_policy). */
  get downloadPolicy(): ProxyPolicy {
    return this.description.downloadPolicy ?? 'on_demand';
  }

  repositories(): readonly Repository[] {
    return this.views.flatMap((view) => view.repositories);
  }

  /** As it is published now, which may be after a sync of it was planned. */
  repository(id: number): Repository | undefined {
    return this.repositories().find((repository) => repository.id === id);
  }

  /** What it has to serve now, by repository. */
  content(): ContentCounts {
    return Object.fromEntries(
      this.views.flatMap(({ key, repositories }) =>
        repositories.map(({ name, counts }) => [`${key}/${name}`, counts] as const),
      ),
    );
  }

  /** The same by content view. */
  viewCounts(): ContentCounts {
    return Object.fromEntries(
      this.views.map(({ key, repositories }) => [
        key,
        repositories.reduce<RepositoryCount['counts']>(
          (sum, { counts }) => addCounts(sum, counts),
          {},
        ),
      ]),
    );
  }

  /** Results of the last count, by the ids of repositories. */
  countedById(): ContentCounts {
    return Object.fromEntries(
      [...this.counted.values()]
        .flat()
        .map(({ repository: { id }, counts }) => [String(id), counts] as const),
    );
  }

  /** The name of a repository in Pulp: that of its place, which no version changes. */
  pathOf(id: number): string {
    const view = this.views.find(({ repositories }) => repositories.some((one) => one.id === id));
    const repository = view?.repositories.find((one) => one.id === id);
    if (view === undefined || repository === undefined)
      throw new Error(`${this.description.name} has no repository ${id}`);
    return `${view.key}/${repository.name}`;
  }

  countWith(
    countOf: (repository: Repository, view: View) => Readonly<Record<string, number>>,
  ): ReadonlyMap<number, readonly RepositoryCount[]> {
    return new Map(
      this.views.map((view) => [
        view.versionId,
        view.repositories.map((repository) => ({
          repository,
          environmentId: view.environmentId,
          counts: countOf(repository, view),
        })),
      ]),
    );
  }

  /** A new version of a content view: the repositories stay, what was known of them does not. */
  publish(key: string, counts: Readonly<Record<string, number>>, now: number): View {
    const view = this.views.find((candidate) => candidate.key === key);
    if (view === undefined) {
      throw new Error(`${this.description.name} has no content view ${key}: ${this.#keys()}`);
    }
    for (const { id } of view.repositories) this.history.delete(id);
    const ids = new Map(view.repositories.map(({ id, name }) => [name, id] as const));
    view.versionId = this.#ids.next();
    view.version += 1;
    view.publishedAt = now;
    view.repositories = repositoriesOf(counts, this.#ids.next).map((repository) => ({
      ...repository,
      id: ids.get(repository.name) ?? repository.id,
    }));
    return view;
  }

  /** Foreman asks the Smart Proxy, which asks its Pulp; a Pulp that is not up has no capabilities. */
  refresh(isPulpUp: boolean): void {
    this.capabilities = isPulpUp ? pulpCapabilities : [];
  }

  unsyncableTypes(): readonly string[] {
    if (this.capabilities.length > 0) return [];
    return [...new Set(this.repositories().map(({ contentType }) => contentType))];
  }

  #keys(): string {
    return `it has ${this.views.map(({ key }) => key).join(', ')}`;
  }
}

const namesIn = (key: string): { environment: string; name: string } => {
  const slash = key.indexOf('/');
  if (slash < 1) throw new Error(`${key} is not <environment>/<content view>`);
  return { environment: key.slice(0, slash), name: key.slice(slash + 1) };
};
