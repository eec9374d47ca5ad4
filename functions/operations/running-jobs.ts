import { NamedFailure } from '../domain/failures.ts';
import { katelloNameOf, type SmartProxy } from '../domain/fleet.ts';
import type { PortsWith } from '../ports/port-methods.ts';

/** How many jobs are running, or why that is not known. */
export type RunningJobs = { readonly count: number } | { readonly unknown: NamedFailure };

/** Never fails: whether a rebuild can continue without the answer is the caller's decision. */
export const runningJobs = async (
  { content }: PortsWith<'content.runningJobs'>,
  proxy: SmartProxy,
  startedBefore?: Date,
): Promise<RunningJobs> => {
  try {
    return { count: await content.runningJobs(katelloNameOf(proxy), startedBefore) };
  } catch (error) {
    if (!(error instanceof NamedFailure)) throw error;
    return { unknown: error };
  }
};

/** `3 jobs are running through i-0abc`. */
export const describeJobs = (found: RunningJobs, instanceId: string): string => {
  if ('unknown' in found)
    return `Katello does not say which jobs are running through ${instanceId} (${found.unknown.name})`;
  const jobs = found.count === 1 ? '1 job is' : `${found.count} jobs are`;
  return `${jobs} running through ${instanceId}`;
};
