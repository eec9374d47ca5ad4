import { z } from 'zod';
import { firstToExpireSchema } from './certificates.ts';
import { provenContentSchema } from './proven-content.ts';
import { phases } from './record.ts';
import { waitingSchema } from './waiting.ts';

export const reasons = ['scheduled', 'manual', 'heal', 'rollback'] as const;
export type Reason = (typeof reasons)[number];

const ready = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ status: z.literal('ready'), ...shape });

/** The section of a step that runs until it is ready: its final answer, and what it remembers until then. */
const polled = <Said extends z.ZodRawShape, Remembered extends z.ZodRawShape>(
  said: Said,
  remembered: Remembered,
) => z.discriminatedUnion('status', [ready(said), waitingSchema.extend(remembered)]);

export const planned = ready({
  incumbent: z.object({ id: z.string(), privateIp: z.string() }).nullable(),
  /** An existing instance that will become the replacement. */
  adopt: z.string().nullable(),
  imageId: z.string().nullable(),
  launchTemplate: z.object({ id: z.string(), version: z.string() }),
  capsuleId: z.int().nullable(),
  expectedSeconds: z.partialRecord(z.enum(phases), z.number()),
});

export const launched = ready({ instanceId: z.string(), privateIp: z.string() });
export const provisioned = ready({
  admitFirst: z.boolean(),
  /** Of the certificates of the instance; `null` if it did not say. */
  certificate: firstToExpireSchema.nullable(),
});
export const stoodBy = ready({ soakSeconds: z.int() });

export const restored = ready({
  /** The execution whose changes were rolled back; `null` if there was nothing to roll back. */
  owner: z.string().nullable(),
  survivor: z.string().nullable(),
  /** False for an instance that serves although no rebuild has verified what it holds. */
  isVerified: z.boolean(),
  /** It lacks what was published meanwhile until Katello has filled it again. */
  isBehind: z.boolean(),
});

/** The refill after a rollback: whether it was owed, and what has come of it. */
const refilled = z.discriminatedUnion('status', [
  ready({
    outcome: z.enum(['nothing-owed', 'filled', 'given-up']),
    /** The execution that was rolled back. */
    owner: z.string().nullable(),
    failure: z.object({ name: z.string(), cause: z.string() }).nullable(),
  }),
  /** The sync has ended, or has yet to be started: either is dealt with under the lock. */
  z.object({ status: z.literal('lock-needed') }),
  waitingSchema.extend({ taskId: z.string().nullable() }),
]);

export const nothingRefilled = {
  status: 'ready',
  outcome: 'nothing-owed',
  owner: null,
  failure: null,
} as const;

/** A report of its content that an instance was asked for. */
const askedReportSchema = z.object({
  /** The command on the instance; `null` when none is under way. */
  commandId: z.string().nullable(),
  /** When this step began to wait for a report. */
  since: z.iso.datetime(),
  failures: z.int(),
});
export type AskedReport = z.infer<typeof askedReportSchema>;

/** Both witnesses to an instance's content. */
const count = { countTaskId: z.string().nullable(), report: askedReportSchema.nullable() };
export const counted = ready({
  ...count,
  /** Clients pull container images through the gateway of this proxy, as far as is known. */
  usesGateway: z.boolean(),
});
const content = {
  ...count,
  filled: z.boolean(),
  /** The newest row in the list of the container gateway at the last look; `null`: nobody has looked. */
  gatewayRow: z.int().nullable(),
};
/** Of the replacement that passed the gate. */
const proven = { ...content, proven: provenContentSchema.optional() };
const control = { changeId: z.string().nullable(), address: z.string().nullable() };
const waited = { waitedSeconds: z.int() };
/** Every server of Route 53 answers with the change; resolvers may still answer from their caches. */
const spreading = { inSync: z.boolean() };

/** How a step waited for running jobs of the proxy. */
const jobDrainSchema = z.object({
  /** From the beginning of the phase to the last look. */
  seconds: z.int(),
  /** Jobs that were running at the last look; `null` when Katello did not say. */
  jobs: z.int().nullable(),
  /** When the launch hook of the replacement last got a heartbeat. */
  hookKeptAt: z.iso.datetime().optional(),
});
export type JobDrain = z.infer<typeof jobDrainSchema>;
/** Absent where nothing had to be waited for. */
const drained = { drain: jobDrainSchema.optional() };
const emergency = { admitted: z.string().nullable() };

/** A sync that was requested from Katello. */
export const followedSyncSchema = z.object({
  taskId: z.string(),
  scope: z.enum(['complete', 'light']),
  attempt: z.int(),
  startedAt: z.iso.datetime(),
  progress: z.number(),
  /** When that was read. */
  progressAt: z.iso.datetime().optional(),
  /** Of one that has succeeded, by Katello's clock. */
  tookSeconds: z.number().optional(),
  /** When the launch hook of the replacement last got a heartbeat. */
  hookKeptAt: z.iso.datetime().optional(),
});

export type FollowedSync = z.infer<typeof followedSyncSchema>;

/** As `Catch` writes it. */
const failure = z.object({ Error: z.string(), Cause: z.string() });

/**
 * The record that travels through an execution of `rebuild-proxy`: each step reads the sections that it
 * needs and writes one of its own. It contains nothing large and nothing secret.
 */
export const sectionsSchema = z.object({
  execution: z.object({ id: z.string(), name: z.string(), startedAt: z.iso.datetime() }),
  request: z.object({
    proxy: z.string(),
    reason: z.enum(reasons),
    imageId: z.string().nullable(),
    /** For a heal: the instance that Auto Scaling launched. */
    instanceId: z.string().nullable(),
    /** For a rollback: the ARN of the execution that has ended, which may still hold the lock. */
    interrupted: z.string().nullable().default(null),
  }),
  /** When each phase began. */
  phases: z.partialRecord(z.enum(phases), z.object({ startedAt: z.iso.datetime() })),
  lock: z.object({
    status: z.enum(['free', 'abandoned', 'held']),
    owner: z.string(),
    failure: failure.nullable(),
  }),
  emergency: z.discriminatedUnion('status', [
    z.object({ status: z.literal('taken-care-of'), ...emergency }),
    waitingSchema.extend(emergency),
  ]),
  plan: z.discriminatedUnion('status', [
    planned,
    waitingSchema,
    z.object({ status: z.enum(['leftovers', 'nothing-to-do']) }),
  ]),
  baseline: z.discriminatedUnion('status', [counted, waitingSchema.extend(count)]),
  launch: z.discriminatedUnion('status', [launched, waitingSchema]),
  provision: z.discriminatedUnion('status', [
    provisioned,
    waitingSchema.extend({ admitFirst: z.literal(false) }),
  ]),
  control: polled(control, { ...control, ...waited, ...spreading }),
  fence: polled({}, waited),
  features: ready({}),
  sync: z.discriminatedUnion('status', [
    followedSyncSchema.extend({ status: z.enum(['ready', 'incumbent-lost']) }),
    followedSyncSchema.extend({
      ...waitingSchema.shape,
      status: z.enum(['started', 'waiting', 'again']),
    }),
  ]),
  content: z.discriminatedUnion('status', [
    ready(proven),
    waitingSchema.extend(content),
    /** Another light sync is needed. */
    waitingSchema.extend({ ...content, status: z.literal('again') }),
  ]),
  admit: polled(drained, drained),
  standby: z.discriminatedUnion('status', [stoodBy, waitingSchema]),
  retire: polled({}, {}),
  settle: ready({}),
  rollback: z.discriminatedUnion('status', [restored, waitingSchema]),
  refill: refilled,
  announcement: z.object({ announced: z.boolean() }),
  failure,
});

/** What a step that writes a section answers. */
export type Sections = z.infer<typeof sectionsSchema>;
