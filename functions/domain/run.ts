import { z } from 'zod';
import { phases } from './record.ts';

/**
 * The record that travels through an execution of `rebuild-proxy`: each step reads the sections that it
 * needs and writes one of its own. Nothing large and nothing secret ever stands in it.
 */
export const reasons = ['scheduled', 'manual', 'heal', 'restore'] as const;
export type Reason = (typeof reasons)[number];

const polled = { status: z.enum(['ready', 'waiting']), waitSeconds: z.int().optional() };

export const runSchema = z.object({
  execution: z.object({ id: z.string(), name: z.string(), startedAt: z.iso.datetime() }),
  request: z.object({
    proxy: z.string(),
    reason: z.enum(reasons),
    imageId: z.string().nullable(),
    /** Of a heal: the instance that Auto Scaling has launched. */
    instanceId: z.string().nullable(),
    /** Of a restore: the ARN of the execution that has ended, which may still hold the lock. */
    interrupted: z.string().nullable().default(null),
  }),
  /** When each phase began. */
  phases: z.partialRecord(z.enum(phases), z.object({ startedAt: z.iso.datetime() })),
  plan: z.object({
    incumbent: z.object({ id: z.string(), privateIp: z.string() }).nullable(),
    /** An instance that is there already and shall become the replacement. */
    adopt: z.string().nullable(),
    imageId: z.string().nullable(),
    launchTemplate: z.object({ id: z.string(), version: z.string() }),
    capsuleId: z.int().nullable(),
    expectedSeconds: z.partialRecord(z.enum(phases), z.number()),
  }),
  baseline: z.object({ ...polled, countTaskId: z.string().nullable() }),
  launch: z.object({ ...polled, instanceId: z.string(), privateIp: z.string() }),
  provision: z.object({ ...polled, admitFirst: z.boolean() }),
  control: z.object({
    ...polled,
    changeId: z.string().nullable(),
    address: z.string().nullable(),
    tries: z.int(),
  }),
  fence: z.object({ ...polled, tries: z.int() }),
  sync: z.object({
    ...polled,
    status: z.enum(['ready', 'waiting', 'again', 'incumbent-lost']),
    taskId: z.string(),
    scope: z.enum(['complete', 'light']),
    attempt: z.int(),
    startedAt: z.iso.datetime(),
    progress: z.number(),
  }),
  content: z.object({ ...polled, countTaskId: z.string().nullable(), filled: z.boolean() }),
  standby: z.object({ ...polled, soakSeconds: z.int() }),
  /** As `Catch` writes it. */
  failure: z.object({ Error: z.string(), Cause: z.string() }),
});

export type Run = z.infer<typeof runSchema>;

/** The stage that a run is in: the replacement is filled before it serves, or it serves already. */
export const stageOf = (run: Pick<Run, 'phases'>): 'fill' | 'changeover' =>
  run.phases.changeover === undefined ? 'fill' : 'changeover';

/** What a level-triggered step answers: done, or look again after `waitSeconds`. */
export type Polled<T extends object = object> =
  | ({ readonly status: 'ready' } & T)
  | ({ readonly status: 'waiting'; readonly waitSeconds: number } & Partial<T>);
