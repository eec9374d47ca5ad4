import { NamedFailure } from '../domain/failures.ts';
import { drainOf } from '../domain/jobs.ts';
import { nextLookSeconds } from '../domain/pacing.ts';
import type { Run } from '../domain/run.ts';
import type { JobDrain } from '../domain/sections.ts';
import { elapsedSeconds, type Waiting, waiting } from '../domain/waiting.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { keepHooksOpenSince } from './launch-hook.ts';
import { incumbentServes, type ObservedProxy } from './observed-proxy.ts';
import { describeJobs, type RunningJobs, runningJobs } from './running-jobs.ts';

export const drainNeeds = ['content.runningJobs', 'groups.heartbeat'] as const;
type DrainPorts = PortsFor<typeof drainNeeds> & PortsWith<'clock.now'>;

/** `wait` is `null` once the replacement may be admitted; `drain` is absent if nothing had to be waited for. */
interface Drained {
  readonly wait: Waiting | null;
  readonly drain?: JobDrain | undefined;
}

const stop = (found: RunningJobs, incumbentId: string, minutes: number): NamedFailure =>
  'unknown' in found
    ? found.unknown
    : new NamedFailure(
        'JobsRunning',
        `after ${minutes} minutes, ${describeJobs(found, incumbentId)}, and jobs.afterwards is stop`,
      );

const waitFor = (words: string, elapsed: number, leftSeconds: number): Waiting => {
  const pace = nextLookSeconds({ elapsedSeconds: elapsed, expectedSeconds: null });
  const until = `the replacement takes over in ${Math.ceil(leftSeconds / 60)} min at the latest`;
  return waiting(Math.ceil(Math.min(pace, leftSeconds)), `${words}; ${until}`);
};

/**
 * Waits for running jobs while the incumbent alone is in service: its smart-proxy keeps them in memory, and Foreman
 * asks for them at the service name, which leads to both instances from the admission on. A heal, and an incumbent that
 * does not serve any more, wait for nothing. When the time is over, the fleet file decides: continue, or `JobsRunning`.
 */
export const drainJobs = async (
  ports: DrainPorts,
  { fleet, proxy, group }: ObservedProxy,
  run: Pick<Run, 'request' | 'phases' | 'plan'>,
  before: JobDrain | undefined,
): Promise<Drained> => {
  const incumbentId = run.plan.incumbent?.id;
  const settings = run.request.reason === 'heal' ? null : drainOf(fleet, proxy);
  if (settings === null || incumbentId === undefined || !incumbentServes(group, incumbentId))
    return { wait: null, drain: before };
  const found = await runningJobs(ports, proxy);
  const jobs = 'count' in found ? found.count : null;
  if (jobs === 0 && before === undefined) return { wait: null };
  const seconds = Math.round(elapsedSeconds(run, 'admit', ports.clock.now()));
  const leftSeconds = settings.drainMinutes * 60 - seconds;
  if (jobs !== 0 && leftSeconds > 0) {
    const kept = await keepHooksOpenSince(ports, group, before?.hookKeptAt);
    const wait = waitFor(describeJobs(found, incumbentId), seconds, leftSeconds);
    return { wait, drain: { seconds, jobs, ...kept } };
  }
  if (jobs !== 0 && settings.afterwards === 'stop')
    throw stop(found, incumbentId, settings.drainMinutes);
  return { wait: null, drain: { seconds, jobs } };
};
