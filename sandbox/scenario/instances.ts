import { z } from 'zod';
import type { Incumbent } from '../world/world.ts';
import { duration } from './duration.ts';

const daySeconds = 86_400;

const verified = z.union(
  [z.literal('never'), duration],
  'must be a duration before the start, such as 19d, or never',
);

const age = 'how old the instance of a proxy is at the start';
const verifiedAt =
  'how long ago its content was verified, or `never`; without it, when the instance was launched';

/** The instances that serve when the run starts. */
export const instances = z
  .strictObject({
    age: duration.prefault('20d').describe(age),
    verified: verified.optional().describe(verifiedAt),
    proxies: z
      .record(
        z.string(),
        z.strictObject({
          age: duration.optional().describe(age),
          verified: verified.optional().describe(verifiedAt),
        }),
      )
      .prefault({})
      .describe('instances of individual proxies, by name'),
  })
  .superRefine((entry, context) => {
    const check = (path: readonly string[], of: z.output<typeof verified>, ageSeconds: number) => {
      if (of === 'never' || of <= ageSeconds) return;
      context.addIssue({
        code: 'custom',
        path: [...path, 'verified'],
        message: `must not be longer ago than the age of the instance, ${ageSeconds / daySeconds} days; use a shorter time`,
      });
    };
    if (entry.verified !== undefined) check([], entry.verified, entry.age);
    for (const [name, own] of Object.entries(entry.proxies)) {
      const of = own.verified ?? entry.verified;
      if (of !== undefined) check(['proxies', name], of, own.age ?? entry.age);
    }
  });

/** The instance that serves a proxy at the start. */
export const incumbentsOf =
  (known: z.output<typeof instances>) =>
  (proxy: string): Incumbent => {
    const own = known.proxies[proxy];
    const ageSeconds = own?.age ?? known.age;
    const verifiedAgo = own?.verified ?? known.verified ?? ageSeconds;
    return {
      ageDays: ageSeconds / daySeconds,
      verifiedDaysAgo: verifiedAgo === 'never' ? null : verifiedAgo / daySeconds,
    };
  };
