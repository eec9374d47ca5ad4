import { z } from 'zod';

export const content = z.strictObject({
  shrinkTolerance: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe('the fraction by which the count of a content type may shrink in a rebuild'),
  minimumSyncSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe(
      'the time below which a complete sync fails, however complete its content is; without it, no sync is too fast',
    ),
  // The launch hook, and with it a fill, cannot last longer than 48 h.
  syncLimitHours: z
    .int()
    .min(1)
    .max(40)
    .default(36)
    .describe('the time limit for the syncs of one stage, all attempts together'),
  syncAttempts: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('the number of sync attempts before the rebuild fails'),
});
