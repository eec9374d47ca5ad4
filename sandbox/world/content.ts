import type { ContentCounts } from '../../functions/domain/content-counts.ts';
import type { Random } from '../kernel/random.ts';

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

/** What a proxy of a mid-sized site has to serve, by content view. */
export const someContent = (random: Random): ContentCounts =>
  Object.fromEntries(
    environments.flatMap((environment) =>
      views.map((view) => [`${environment}/${view}`, countsOf(view, random)] as const),
    ),
  );

const holds = (store: ContentCounts, content: ContentCounts): boolean =>
  Object.entries(content).every(([view, counts]) =>
    Object.entries(counts).every(([type, count]) => (store[view]?.[type] ?? 0) >= count),
  );

/** Verdicts by store and content, which are replaced and never changed: they are asked for after every event. */
const verdicts = new WeakMap<ContentCounts, WeakMap<ContentCounts, boolean>>();

/** Whether a store holds everything that it should serve. */
export const isComplete = (store: ContentCounts, content: ContentCounts): boolean => {
  const ofStore = verdicts.get(store) ?? new WeakMap<ContentCounts, boolean>();
  verdicts.set(store, ofStore);
  const verdict = ofStore.get(content) ?? holds(store, content);
  ofStore.set(content, verdict);
  return verdict;
};
