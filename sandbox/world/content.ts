import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import type { Random } from '../kernel/random.ts';
import { type FilesOnDisk, lacksFiles } from '../machines/files.ts';
import type { Machine } from '../machines/machines.ts';

const environments = ['Production', 'Staging'] as const;
const views = ['RHEL 9', 'RHEL 8', 'EPEL', 'Containers'] as const;

const countsOf = (
  view: (typeof views)[number],
  random: Random,
): Readonly<Record<string, number>> => {
  if (view === 'Containers') return { docker_tag: Math.round(random.between(40, 400)) };
  const rpm = Math.round(random.between(4_000, 42_000));
  return { rpm, erratum: Math.round(rpm / 9), module_stream: Math.round(rpm / 60) };
};

/** Of a mid-sized site: two environments with three views of four repositories each, and one of one. */
export const usualRepositories = 26;
const repositoriesOfView = 4;

/** What a proxy has to serve, by content view: as many repositories as asked for, or a few more. */
export const someContent = (random: Random, repositories = usualRepositories): ContentCounts => {
  const usual = environments.flatMap((environment) =>
    views.map((view) => [`${environment}/${view}`, countsOf(view, random)] as const),
  );
  const count = Math.ceil(Math.max(0, repositories - usualRepositories) / repositoriesOfView);
  const products = Array.from(
    { length: count },
    (_, index) => [`Production/Product ${index + 1}`, countsOf('EPEL', random)] as const,
  );
  return Object.fromEntries([...usual, ...products]);
};

const holds = ({ store, files }: Holding, content: ContentCounts): boolean =>
  Object.entries(content).every(([path, counts]) => {
    const has = store[path] ?? {};
    const onDisk = files[path];
    const isListed = Object.entries(counts).every(([type, count]) => (has[type] ?? 0) >= count);
    return isListed && (onDisk === undefined || !lacksFiles(onDisk, has));
  });

/** What a machine has, as far as clients depend on it. */
export type Holding = Pick<Machine, 'store' | 'files'>;

/** Verdicts by what was compared, which is replaced and never changed: they are asked for after every event. */
const verdicts = new WeakMap<
  ContentCounts,
  WeakMap<FilesOnDisk, WeakMap<ContentCounts, boolean>>
>();

/**
 * Whether a machine holds everything that it should serve: each unit is listed, and with the download policy
 * `immediate` each file is on the disk. With another policy, Pulp fetches a file when a client asks.
 */
export const isComplete = ({ store, files }: Holding, content: ContentCounts): boolean => {
  const ofStore =
    verdicts.get(store) ?? new WeakMap<FilesOnDisk, WeakMap<ContentCounts, boolean>>();
  verdicts.set(store, ofStore);
  const ofFiles = ofStore.get(files) ?? new WeakMap<ContentCounts, boolean>();
  ofStore.set(files, ofFiles);
  const verdict = ofFiles.get(content) ?? holds({ store, files }, content);
  ofFiles.set(content, verdict);
  return verdict;
};
