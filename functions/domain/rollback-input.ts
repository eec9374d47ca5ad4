import { z } from 'zod';
import { reasons, sectionsSchema } from './sections.ts';

/** Any instant that can be read, however many digits or whichever offset it has. */
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const orNull = z.string().nullable().catch(null);

/**
 * What the steps of a rollback read of an execution and of its request. They need the proxy and the execution's id:
 * whatever else is odd in the record must not keep a proxy from being rolled back, or people from hearing of it.
 */
export const rollbackInput = z.object({
  execution: z.object({
    id: z.string(),
    name: z.string().catch(''),
    startedAt: instant.nullable().catch(null),
  }),
  request: z.object({
    proxy: z.string(),
    reason: z.enum(reasons).catch('manual'),
    imageId: orNull,
    instanceId: orNull,
    interrupted: orNull,
  }),
});

/** When the rollback began; all that it reads of the phases. */
export const rollbackPhases = z
  .object({ rollback: z.object({ startedAt: instant }).optional() })
  .transform(({ rollback }) => (rollback === undefined ? {} : { rollback }))
  .catch({});

const unreadable = { Error: 'UnexpectedAnswer', Cause: 'what failed could not be read' };

/** A failure stays one, however it is written. */
export const readableFailure = sectionsSchema.shape.failure.optional().catch(unreadable);
