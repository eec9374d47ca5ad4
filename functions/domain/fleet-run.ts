import { z } from 'zod';

/** The record that travels through an execution of `rebuild-fleet`. */
const proxyResult = z.object({
  proxy: z.string(),
  failure: z.object({ Error: z.string(), Cause: z.string() }).nullable(),
});

export const fleetRunSchema = z.object({
  execution: z.object({ id: z.string(), name: z.string(), startedAt: z.iso.datetime() }),
  request: z.unknown(),
  plan: z.object({
    status: z.enum(['go', 'nothing-due', 'dry-run', 'wait', 'busy']),
    fleet: z.string(),
    reason: z.enum(['scheduled', 'manual']),
    /** Names of those that are rebuilt, the canary first. */
    proxies: z.array(z.string()),
    /** Why each proxy of the fleet is rebuilt now, or not. */
    verdicts: z.array(
      z.object({
        name: z.string(),
        due: z.string(),
        why: z.string(),
        startBy: z.string().nullable(),
      }),
    ),
    concurrency: z.int(),
    hasCanary: z.boolean(),
    imageId: z.string().nullable(),
    imageSource: z.enum(['given', 'fresh', 'bake']),
    baseImage: z.string(),
  }),
  /** What the buildspec exports. */
  bake: z.object({ variables: z.array(z.object({ Name: z.string(), Value: z.string() })) }),
  image: z.object({ id: z.string() }),
  wave: z.object({
    status: z.enum(['wave', 'done', 'failed']),
    proxies: z.array(z.string()),
    results: z.array(proxyResult),
    /** Of `failed`: which proxy, and why. */
    cause: z.string().optional(),
  }),
  waveResults: z.array(proxyResult),
  failure: z.object({ Error: z.string(), Cause: z.string() }),
});

export type FleetRun = z.infer<typeof fleetRunSchema>;
export type WaveResult = z.infer<typeof proxyResult>;
