import { z } from 'zod';
import { provenContentSchema } from './proven-content.ts';

const failure = z.object({ Error: z.string(), Cause: z.string() });

const proxyResult = z.object({
  proxy: z.string(),
  failure: failure.nullable(),
});

/** The record that travels through an execution of `rebuild-fleet`. */
export const fleetRunSchema = z.object({
  execution: z.object({ id: z.string(), name: z.string(), startedAt: z.iso.datetime() }),
  request: z.unknown(),
  plan: z.object({
    status: z.enum(['go', 'nothing-due', 'dry-run', 'wait', 'busy']),
    fleet: z.string(),
    reason: z.enum(['scheduled', 'manual']),
    /** Names of the proxies to rebuild, the canary first. */
    proxies: z.array(z.string()).readonly(),
    /** For each proxy of the fleet, why it is rebuilt now, or why not. */
    verdicts: z
      .array(
        z.object({
          name: z.string(),
          due: z.string(),
          why: z.string(),
          startBy: z.string().nullable(),
          /** What the last rebuild has compared of its content; absent if none has. */
          proven: provenContentSchema.optional(),
        }),
      )
      .readonly(),
    concurrency: z.int(),
    hasCanary: z.boolean(),
    imageId: z.string().nullable(),
    imageSource: z.enum(['given', 'fresh', 'bake']),
    baseImage: z.string(),
    foremanVersion: z.string(),
    katelloVersion: z.string(),
    /** Of all proxies of the fleet, separated by spaces: StartBuild takes text only. */
    features: z.string(),
    /** Of `wait`: when the next window opens. */
    startAt: z.iso.datetime(),
  }),
  /** What the buildspec exports. */
  bake: z.object({ variables: z.array(z.object({ Name: z.string(), Value: z.string() })) }),
  image: z.object({ id: z.string() }),
  wave: z.object({
    status: z.enum(['wave', 'done', 'failed']),
    /** Each with the name of its execution. */
    rebuilds: z.array(z.object({ proxy: z.string(), name: z.string() })).readonly(),
    results: z.array(proxyResult).readonly(),
    /** With `failed`: which proxy, and why. */
    cause: z.string().optional(),
  }),
  waveResults: z.array(proxyResult).readonly(),
  promotion: z.object({ promoted: z.string() }),
  pruning: z.object({ removed: z.array(z.string()).readonly() }),
  rejection: z.object({ rejected: z.string().nullable() }),
  announcement: z.object({ announced: z.boolean() }),
  failure,
});

export type FleetRun = z.infer<typeof fleetRunSchema>;
export type WaveResult = z.infer<typeof proxyResult>;
