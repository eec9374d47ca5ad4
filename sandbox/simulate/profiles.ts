import type { Roughness } from './swarm.ts';

/** What kinds of things go wrong in a run; `null` and `false`: none of them. */
export interface Profile {
  readonly help: string;
  /** How rough the swarm is that injects faults into calls. */
  readonly injected: Roughness | null;
  readonly hasScheduled: boolean;
}

/** Profiles by the names that the command line takes. */
export const profiles = {
  mixed: {
    help: 'faults of calls, functions, machines, Katello and people, at high rates',
    injected: { siteChance: 0.25, rateMax: 0.12 },
    hasScheduled: true,
  },
  calls: {
    help: 'lost calls and dying functions only',
    injected: { siteChance: 0.25, rateMax: 0.12 },
    hasScheduled: false,
  },
  world: {
    help: 'faults of machines, Katello, AWS and people only; every call works',
    injected: null,
    hasScheduled: true,
  },
  gentle: {
    help: 'all faults at low rates: most rebuilds complete',
    injected: { siteChance: 0.1, rateMax: 0.02 },
    hasScheduled: true,
  },
  calm: { help: 'no faults', injected: null, hasScheduled: false },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
