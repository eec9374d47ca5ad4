import { drainOf, lateJobsSeconds } from '../domain/jobs.ts';
import type { Run } from '../domain/run.ts';
import { elapsedSeconds, type Waiting, waiting } from '../domain/waiting.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { findInstance, type ObservedProxy } from './observed-proxy.ts';
import { describeJobs, runningJobs } from './running-jobs.ts';

const lookSeconds = 60;

/**
 * Jobs that reached the incumbent after the last look and before its drain ended: in Standby, it still completes them.
 * They are waited for until Foreman has decided on them, which is soon; without an answer of Katello, not at all.
 * Nothing is rolled back for them: the replacement serves, and by now it has jobs of its own. Those that outlasted the
 * drain have had their time.
 */
export const lateJobs = async (
  ports: PortsWith<'clock.now' | 'content.runningJobs'>,
  { fleet, proxy, group }: ObservedProxy,
  { request, phases, plan, admit }: Pick<Run, 'request' | 'phases' | 'plan' | 'admit'>,
): Promise<Waiting | null> => {
  const since = phases.changeover?.startedAt;
  const incumbent = findInstance(group, plan.incumbent?.id);
  const isInterrupted = admit.drain !== undefined && admit.drain.jobs !== 0;
  if (since === undefined || incumbent?.lifecycleState !== 'Standby' || isInterrupted) return null;
  if (request.reason === 'heal' || drainOf(fleet, proxy) === null) return null;
  const elapsed = elapsedSeconds({ phases }, 'changeover', ports.clock.now());
  if (elapsed >= lateJobsSeconds) return null;
  const found = await runningJobs(ports, proxy, new Date(since));
  if ('unknown' in found || found.count === 0) return null;
  const words = `${describeJobs(found, incumbent.id)}, which is in Standby`;
  return waiting(Math.ceil(Math.min(lookSeconds, lateJobsSeconds - elapsed)), words);
};
