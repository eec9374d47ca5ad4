import { z } from 'zod';

export const content = z.strictObject({
  shrinkTolerance: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe("the share of a content type's count that a rebuilt proxy may hold less than before"),
  minimumSyncSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('the time below which a complete sync that succeeds has synced nothing'),
  // The launch hook, and with it a fill, cannot outlast 48 h.
  syncLimitHours: z
    .int()
    .min(1)
    .max(40)
    .default(36)
    .describe('how long the syncs of one stage may take, all attempts together'),
  syncAttempts: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('how many syncs are tried before the rebuild fails'),
});
