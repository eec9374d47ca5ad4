import { z } from 'zod';
import { reportedGatewaySchema, reportedRepositorySchema } from './content-report.ts';

/** Content that the ledger keeps of a proxy, by both witnesses: Katello, and the instance itself. */
export const knownContentSchema = z.object({
  /** ARN of the execution that stored it. */
  owner: z.string(),
  /** It was taken from the incumbent during this rebuild, and not remembered from an earlier one. */
  isFresh: z.boolean(),
  /** Katello's counts; `null` if it never counted. */
  katello: z.record(z.string(), z.record(z.string(), z.number())).nullable(),
  /** The report of the instance; `null` if there was none that could be read. */
  instance: z.record(z.string(), reportedRepositorySchema).nullable(),
  /** The container gateway by the same report; `null` if there was none, or no report. */
  gateway: reportedGatewaySchema.pick({ repositories: true, public: true }).nullable(),
});
export type KnownContent = z.infer<typeof knownContentSchema>;

/** `baseline`: what a rebuild compares its replacement with. `verified`: what the last verified instance held. */
export type ContentKind = 'baseline' | 'verified';
