import { type Repository, unitsOf } from './repositories.ts';

/** Repositories that are synced together, how long that takes, and how often Katello asks meanwhile. */
export interface Chunk {
  readonly repositories: readonly Repository[];
  readonly seconds: number;
  readonly polls: number;
}

/** What bounds the timers of one sync, however long it takes and however much there is. */
const mostPolls = 60;

const chunks = <Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] => {
  const size = Math.max(1, Math.ceil(items.length / count));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
};

const weightOf = (repositories: readonly Repository[]): number =>
  repositories.reduce((sum, { counts }) => sum + unitsOf(counts) + 1, 0);

/** Spreads a sync's duration over its repositories, by how much is in each. */
export const planChunks = (
  repositories: readonly Repository[],
  seconds: number,
): readonly Chunk[] => {
  const groups = chunks(repositories, mostPolls);
  const whole = weightOf(repositories);
  return groups.map((group) => ({
    repositories: group,
    seconds: (seconds * weightOf(group)) / whole,
    polls: Math.max(1, Math.floor(mostPolls / groups.length)),
  }));
};

/** The share of a complete sync's duration that syncing only these repositories takes. */
export const shareOf = (some: readonly Repository[], all: readonly Repository[]): number =>
  all.length === 0 ? 0 : weightOf(some) / weightOf(all);
