import { z } from 'zod';
import type { Fleet } from './fleet.ts';

/**
 * What Katello owes the instance in service after a rollback. While its name pointed at the replacement, everything
 * that was published went there, and Katello now skips it on the incumbent: only a complete sync brings it.
 */
export const refillSchema = z.object({
  /** ARN of the execution that was rolled back; the request ids of the syncs follow from it. */
  owner: z.string(),
  capsuleId: z.int(),
  since: z.iso.datetime(),
  /** The number of syncs that were started. */
  attempt: z.int(),
  /** The sync that was started last; `null` while one has yet to be started. */
  taskId: z.string().nullable(),
  /** The attempts are spent, or a person cancelled one in Katello. The next sweep rebuilds the proxy. */
  isGivenUp: z.boolean(),
});
export type Refill = z.infer<typeof refillSchema>;

/** It takes no longer than a fill may take; after that, nothing follows it any more. */
export const isOverdue = (
  { since }: Pick<Refill, 'since'>,
  { syncLimitHours }: Pick<Fleet['content'], 'syncLimitHours'>,
  now: Date,
): boolean => now.getTime() - Date.parse(since) > syncLimitHours * 3_600_000;
