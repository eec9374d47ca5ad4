import { rebuildExecutionName } from './derived-id.ts';
import { readFailure } from './failure-cause.ts';
import type { FleetRun, WaveResult } from './fleet-run.ts';

interface Progress {
  readonly execution: Pick<FleetRun['execution'], 'name'>;
  readonly plan: Pick<FleetRun['plan'], 'proxies' | 'concurrency' | 'hasCanary'>;
  readonly wave?: FleetRun['wave'] | undefined;
  readonly waveResults?: readonly WaveResult[] | undefined;
}

/** Characters of a cause that are kept; the execution of the proxy has all of it. */
const causeKept = 1000;

/** Twenty failures as caught, wrapped twice, would come close to the payload limit of an execution. */
const brief = ({ proxy, failure }: WaveResult): WaveResult => {
  if (failure === null) return { proxy, failure };
  const { name, cause } = readFailure(failure);
  return { proxy, failure: { Error: name, Cause: cause.slice(0, causeKept) } };
};

/**
 * The next proxies to rebuild: first the canary alone, then at most `concurrency` at a time. The first failure
 * stops further waves; rebuilds that already run finish on their own.
 */
export const nextWave = ({ execution, plan, wave, waveResults }: Progress): FleetRun['wave'] => {
  const caught = [...(wave?.results ?? []), ...(waveResults ?? [])];
  const results = caught.map(brief);
  const failed = caught.find(({ failure }) => failure !== null);
  if (failed?.failure) {
    const { name, cause } = readFailure(failed.failure);
    return { status: 'failed', rebuilds: [], results, cause: `${failed.proxy}: ${name}: ${cause}` };
  }
  const remaining = plan.proxies.filter((name) => !results.some(({ proxy }) => proxy === name));
  const size = plan.hasCanary && results.length === 0 ? 1 : plan.concurrency;
  const rebuilds = remaining
    .slice(0, size)
    .map((proxy) => ({ proxy, name: rebuildExecutionName(execution.name, proxy) }));
  return { status: rebuilds.length === 0 ? 'done' : 'wave', rebuilds, results };
};
