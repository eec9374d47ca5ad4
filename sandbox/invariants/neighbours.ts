import type { Invariant } from './snapshot.ts';

/** Nothing is done to the proxies of another fleet that the same Katello has. */
export const neighboursAreLeftAlone: Invariant = {
  name: 'neighbours-are-left-alone',
  check: ({ world }) => world.katello.meddlings.map((text) => ({ proxy: null, text })),
};
