import type { Invariant } from './snapshot.ts';

/** The proxies of another fleet in the same Katello are left alone. */
export const otherFleetsUntouched: Invariant = {
  name: 'other-fleets-untouched',
  check: ({ world }) => world.katello.meddlings.map((text) => ({ proxy: null, text })),
};
