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
    help: 'calls, functions, machines, Katello and people, as rough as it comes',
    injected: { siteChance: 0.25, rateMax: 0.12 },
    hasScheduled: true,
  },
  calls: {
    help: 'only calls that get lost and functions that die',
    injected: { siteChance: 0.25, rateMax: 0.12 },
    hasScheduled: false,
  },
  world: {
    help: 'only machines, Katello, AWS and people; every call works',
    injected: null,
    hasScheduled: true,
  },
  gentle: {
    help: 'everything, but seldom: most rebuilds get to their end',
    injected: { siteChance: 0.1, rateMax: 0.02 },
    hasScheduled: true,
  },
  calm: { help: 'nothing goes wrong', injected: null, hasScheduled: false },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
