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
    .default(60)
    .describe('the shortest time of a complete sync; one that succeeds faster has synced nothing'),
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
