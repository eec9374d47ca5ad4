import type { Feature } from './features.ts';
import type { Fleet, SmartProxy } from './fleet.ts';

/** Features whose jobs run on the proxy itself: Foreman's remote execution, which Ansible uses as well. */
const jobFeatures: readonly Feature[] = ['script', 'ansible'];

/** How running jobs of a proxy are drained; `null` when it has no feature that runs any. */
export const drainOf = (
  { jobs }: Pick<Fleet, 'jobs'>,
  { features, jobs: own }: Pick<SmartProxy, 'features' | 'jobs'>,
): Fleet['jobs'] | null => {
  if (!features.some((feature) => jobFeatures.includes(feature))) return null;
  return {
    drainMinutes: own?.drainMinutes ?? jobs.drainMinutes,
    afterwards: own?.afterwards ?? jobs.afterwards,
  };
};

/**
 * Foreman asks the address of a proxy every ten minutes for the jobs that it has sent there, and fails those that the
 * instance behind it does not know. After two such rounds, a job that is still running is running on the replacement:
 * foreman-tasks, app/lib/actions/middleware/watch_delegated_proxy_sub_tasks.rb, POLL_INTERVAL.
 */
export const lateJobsSeconds = 1200;
