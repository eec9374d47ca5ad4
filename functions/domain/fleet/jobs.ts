import { z } from 'zod';

const drainMinutes = z
  .int()
  .min(0)
  .max(720)
  .describe('how long a rebuild waits for running jobs before the replacement takes over');

const afterwards = z
  .enum(['continue', 'stop'])
  .describe(
    'what happens when jobs are still running then: `continue` interrupts them, `stop` ends the rebuild',
  );

/** Jobs of remote execution and Ansible run on the proxy itself and are lost with it. */
export const jobs = z.strictObject({
  drainMinutes: drainMinutes.default(60),
  afterwards: afterwards.default('continue'),
});

/** What one proxy has otherwise than its fleet. */
export const ownJobs = z.strictObject({
  drainMinutes: drainMinutes.optional(),
  afterwards: afterwards.optional(),
});
