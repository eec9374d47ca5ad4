import { z } from 'zod';
import { imageId } from '../../functions/domain/image-id.ts';
import { sized } from '../../functions/domain/sized.ts';
import type { ScheduledFault } from '../faults/fault.ts';
import { type ProxyPolicy, proxyPolicies } from '../katello/repositories.ts';
import { usualRepositories } from '../world/content.ts';
import type { Incumbent, Site, WorldDurations } from '../world/world.ts';
import { duration } from './duration.ts';
import { faultEntry } from './fault-schema.ts';
import { instances } from './instances.ts';

const ofProxy = {
  boot: 'time from the launch of an instance to the end of its boot',
  install: 'run time of the installer on first boot',
  sync: 'complete content sync',
} as const;

const ofFleet = {
  bake: 'image bake',
  drain: 'time for the connections of an instance to drain',
  register: 'time until the load balancer sends clients to a new instance',
} as const;

/** Of a site of medium size, measured from the moment at which each begins. */
const durations = z.strictObject({
  bake: duration.prefault('25m').describe(ofFleet.bake),
  boot: duration.prefault('3m').describe(ofProxy.boot),
  install: duration.prefault('20m').describe(ofProxy.install),
  sync: duration.prefault('3h').describe(ofProxy.sync),
  drain: duration.prefault('5m').describe(ofFleet.drain),
  register: duration.prefault('90s').describe(ofFleet.register),
  proxies: z
    .record(
      z.string(),
      z.strictObject({
        boot: duration.optional().describe(ofProxy.boot),
        install: duration.optional().describe(ofProxy.install),
        sync: duration.optional().describe(ofProxy.sync),
      }),
    )
    .prefault({})
    .describe('durations of individual proxies, by name'),
});

const wrongAt =
  'must be a date and a time with a zone in the years 2000 to 2099, such as 2026-01-10T22:00:00Z ' +
  'or 2026-03-29T01:30:00+01:00';

const start = z
  .strictObject({
    at: z.iso
      .datetime({ offset: true, error: wrongAt, abort: true })
      .refine((text) => /^20\d\d-/.test(text), wrongAt)
      .default('2026-01-10T22:00:00Z')
      .describe('the date and time when the run starts, with its zone; the default is a Saturday'),
    reason: z
      .enum(['scheduled', 'manual', 'heal'])
      .default('scheduled')
      .describe('what triggers the run'),
    proxies: z
      .array(z.string())
      .default([])
      .describe('the proxies to rebuild; if empty, the whole fleet'),
    imageId: imageId
      .optional()
      .describe('the image to rebuild from; without it, one is baked unless a fresh one exists'),
    dryRun: z.boolean().default(false).describe('plan only, without changing anything'),
    unlaunched: z
      .array(z.string())
      .default([])
      .describe('proxies that were just deployed: without an instance and without past rebuilds'),
    sweeps: z
      .int()
      .min(0)
      .max(14)
      .default(0)
      .describe('daily sweeps that follow, the first one a day after the start'),
  })
  .refine(({ reason, proxies }) => reason !== 'heal' || proxies.length > 0, {
    path: ['proxies'],
    message: 'must name the proxy that lost its instance, because a heal needs one',
  })
  .refine(
    ({ reason, proxies, unlaunched }) =>
      reason !== 'heal' || !proxies.some((name) => unlaunched.includes(name)),
    {
      path: ['unlaunched'],
      message: 'must not name a proxy to heal, because it has no instance to lose',
    },
  );

const site = z.strictObject({
  repositories: z
    .int()
    .min(usualRepositories)
    .max(2000)
    .default(usualRepositories)
    .describe('repositories of each proxy, or a few more'),
  taskDays: z
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe(
      'the days for which Katello has kept the tasks of syncs, twenty a day for each proxy',
    ),
});

/** The scenario file: how a run of the sandbox begins, how long things take, and what goes wrong. */
export const scenarioSchema = z.strictObject({
  fleet: z
    .string()
    .min(1, sized())
    .optional()
    .describe('the fleet file, relative to the scenario file; without it, examples/fleet.yaml'),
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(1)
    .describe('the random seed; the same seed gives the same run'),
  start: start.prefault({}).describe('how the run starts'),
  instances: instances.prefault({}).describe('the instances that serve when the run starts'),
  site: site.prefault({}).describe('how much content there is, and what Katello remembers'),
  durations: durations.prefault({}).describe('how long things take, such as 90s, 25m or 3h'),
  downloadPolicies: z
    .record(z.string(), z.enum(proxyPolicies))
    .prefault({})
    .describe('the download policies of proxies in Katello, by name; any other has on_demand'),
  faults: z.array(faultEntry).prefault([]).describe('what goes wrong'),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;

/** A scenario as the sandbox runs it. */
export interface Scenario {
  /** The name of its file, without folder and ending. */
  readonly name: string;
  /** The first comment lines of its file. */
  readonly description: string;
  /** Path of the fleet file. */
  readonly fleet: string;
  readonly seed: number;
  readonly start: {
    readonly at: Date;
    readonly reason: 'scheduled' | 'manual' | 'heal';
    /** Empty: the whole fleet. */
    readonly proxies: readonly string[];
    readonly imageId: string | null;
    readonly dryRun: boolean;
    readonly unlaunched: readonly string[];
    readonly sweeps: number;
  };
  /** The instance that serves a proxy at the start. */
  readonly incumbent: (proxy: string) => Incumbent;
  readonly site: Site;
  readonly durations: WorldDurations;
  /** Of a proxy's record in Katello. */
  readonly downloadPolicy: (proxy: string) => ProxyPolicy;
  readonly faults: readonly ScheduledFault[];
}

export const durationsOf = ({ durations: known }: ScenarioFile): WorldDurations => ({
  bakeSeconds: known.bake,
  drainSeconds: known.drain,
  registerSeconds: known.register,
  of: (proxy) => {
    const own = known.proxies[proxy];
    return {
      bootSeconds: own?.boot ?? known.boot,
      installSeconds: own?.install ?? known.install,
      syncSeconds: own?.sync ?? known.sync,
    };
  },
});

const beginOf = (at: ScenarioFile['faults'][number]['at']): ScheduledFault['at'] => {
  if (at === undefined) return undefined;
  return typeof at === 'number' ? { seconds: at } : { phase: at.phase, afterSeconds: at.after };
};

export const faultsOf = ({ faults }: ScenarioFile): readonly ScheduledFault[] =>
  faults.map(({ at, for: forSeconds, ...fault }) => ({ ...fault, at: beginOf(at), forSeconds }));
