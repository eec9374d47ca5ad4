import { readFailure } from './failure-cause.ts';
import type { FleetRun, WaveResult } from './fleet-run.ts';

interface Progress {
  readonly plan: Pick<FleetRun['plan'], 'proxies' | 'concurrency' | 'hasCanary'>;
  readonly wave?: FleetRun['wave'] | undefined;
  readonly waveResults?: readonly WaveResult[] | undefined;
}

/** Of a failure, what its proxy's own execution keeps whole. */
const causeKept = 1000;

/** Twenty failures as they were caught, wrapped twice, would come near to what an execution can carry. */
const brief = ({ proxy, failure }: WaveResult): WaveResult => {
  if (failure === null) return { proxy, failure };
  const { name, cause } = readFailure(failure);
  return { proxy, failure: { Error: name, Cause: cause.slice(0, causeKept) } };
};

/**
 * Who is rebuilt next: first the canary alone, then the others at most `concurrency` at a time. The first
 * failure stops further waves; those that run beside it come to their own end.
 */
export const nextWave = ({ plan, wave, waveResults }: Progress): FleetRun['wave'] => {
  const caught = [...(wave?.results ?? []), ...(waveResults ?? [])];
  const results = caught.map(brief);
  const failed = caught.find(({ failure }) => failure !== null);
  if (failed?.failure) {
    const { name, cause } = readFailure(failed.failure);
    return { status: 'failed', proxies: [], results, cause: `${failed.proxy}: ${name}: ${cause}` };
  }
  const remaining = plan.proxies.filter((name) => !results.some(({ proxy }) => proxy === name));
  const size = plan.hasCanary && results.length === 0 ? 1 : plan.concurrency;
  const proxies = remaining.slice(0, size);
  return { status: proxies.length === 0 ? 'done' : 'wave', proxies, results };
};
