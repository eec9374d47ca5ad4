import { readFailure } from './failure-cause.ts';
import type { FleetRun, WaveResult } from './fleet-run.ts';

interface Progress {
  readonly plan: Pick<FleetRun['plan'], 'proxies' | 'concurrency' | 'hasCanary'>;
  readonly wave?: FleetRun['wave'] | undefined;
  readonly waveResults?: readonly WaveResult[] | undefined;
}

/**
 * Who is rebuilt next: first the canary alone, then the others at most `concurrency` at a time. The first
 * failure stops further waves; those that run beside it come to their own end.
 */
export const nextWave = ({ plan, wave, waveResults }: Progress): FleetRun['wave'] => {
  const results = [...(wave?.results ?? []), ...(waveResults ?? [])];
  const failed = results.find(({ failure }) => failure !== null);
  if (failed?.failure) {
    const { name, cause } = readFailure(failed.failure);
    return { status: 'failed', proxies: [], results, cause: `${failed.proxy}: ${name}: ${cause}` };
  }
  const remaining = plan.proxies.filter((name) => !results.some(({ proxy }) => proxy === name));
  const size = plan.hasCanary && results.length === 0 ? 1 : plan.concurrency;
  const proxies = remaining.slice(0, size);
  return { status: proxies.length === 0 ? 'done' : 'wave', proxies, results };
};
