import type { Roughness } from './swarm.ts';

/** What kinds of things go wrong in a run; `null` and `false`: none of them. */
export interface Profile {
  readonly told: string;
  readonly calls: Roughness | null;
  readonly hasFaults: boolean;
}

/** Profiles by the names that the command line takes. */
export const profiles = {
  mixed: {
    told: 'calls, functions, machines, Katello and people, as rough as it comes',
    calls: { siteChance: 0.25, rateMax: 0.12 },
    hasFaults: true,
  },
  calls: {
    told: 'only calls that get lost and functions that die',
    calls: { siteChance: 0.25, rateMax: 0.12 },
    hasFaults: false,
  },
  world: {
    told: 'only machines, Katello, AWS and people; every call works',
    calls: null,
    hasFaults: true,
  },
  gentle: {
    told: 'everything, but seldom: most rebuilds get to their end',
    calls: { siteChance: 0.1, rateMax: 0.02 },
    hasFaults: true,
  },
  calm: { told: 'nothing goes wrong', calls: null, hasFaults: false },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
