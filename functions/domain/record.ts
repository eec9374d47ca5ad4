import { z } from 'zod';
import { provenContentSchema } from './proven-content.ts';
import { refillSchema } from './refill.ts';

/** The phases of a rebuild, in the order of a normal run, and of what follows a failed one; durations are learned per phase. */
export const phases = [
  'inspect',
  'launch',
  'provision',
  'fill',
  'admit',
  'standby',
  'changeover',
  'soak',
  'retire',
  'settle',
  'rollback',
  'refill',
] as const;
export type Phase = (typeof phases)[number];

/** What a rollback restores; written before a rebuild changes anything. */
export const restorePointSchema = z.object({
  /** ARN of the execution that wrote it. */
  owner: z.string(),
  takenAt: z.iso.datetime(),
  reason: z.enum(['scheduled', 'manual', 'heal']),
  sizes: z.object({ min: z.int(), max: z.int(), desired: z.int() }),
  launchTemplate: z.object({ id: z.string(), version: z.string() }),
  /** Processes that this rebuild suspends; those that others suspended stay suspended. */
  suspends: z.array(z.string()),
  /** `null` if nothing served: at a first launch, or for a heal. */
  incumbent: z
    .object({ id: z.string(), privateIp: z.string(), protectedFromScaleIn: z.boolean() })
    .nullable(),
  capsuleId: z.int().nullable(),
});
export type RestorePoint = z.infer<typeof restorePointSchema>;

/** What the controller remembers about a proxy between executions. */
export const proxyRecordSchema = z.object({
  restorePoint: restorePointSchema.nullable(),
  /** Executions that started to change something within the last day. */
  attempts: z.array(z.object({ execution: z.string(), at: z.iso.datetime() })),
  /** Durations of each phase in past rebuilds, newest last. */
  durationsSeconds: z.partialRecord(z.enum(phases), z.array(z.number())),
  lastRebuild: z
    .object({
      at: z.iso.datetime(),
      imageId: z.string(),
      instanceId: z.string(),
      /** When the first of its certificates expires; `null` if it did not say. */
      certificateExpiresAt: z.iso.datetime().nullable().default(null),
      proven: provenContentSchema.optional(),
    })
    .nullable(),
  /** Executions whose syncs may still be running or paused, because Katello could not be asked to stop them. */
  leftSyncs: z.array(z.object({ owner: z.string(), capsuleId: z.int().nullable() })).default([]),
  /** `null` unless a rollback left the instance in service without what was published meanwhile. */
  refill: refillSchema.nullable().default(null),
});
export type ProxyRecord = z.infer<typeof proxyRecordSchema>;

export const emptyRecord: ProxyRecord = {
  restorePoint: null,
  attempts: [],
  durationsSeconds: {},
  lastRebuild: null,
  leftSyncs: [],
  refill: null,
};
