import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SimulatedCase } from './case-run.ts';
import type { Simulated } from './simulate-one.ts';

/** So that a thread never waits for its next case. */
const aheadPerThread = 2;

/** What a run came to, and the case that it was made from. */
export interface Tried {
  readonly asked: SimulatedCase;
  readonly run: Simulated;
}

const workOff = (cases: Iterator<SimulatedCase>, onRun: (tried: Tried) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    const underWay: SimulatedCase[] = [];
    const next = (): void => {
      const { value, done } = cases.next();
      if (done === true) return;
      underWay.push(value);
      worker.postMessage(value);
    };
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    worker.on('message', (run: Simulated) => {
      const asked = underWay.shift();
      if (asked !== undefined) onRun({ asked, run });
      next();
      if (underWay.length === 0) void worker.terminate();
    });
    for (let ahead = 0; ahead < aheadPerThread; ahead++) next();
    if (underWay.length === 0) void worker.terminate();
  });

/** Runs the cases on all cores, each as a thread becomes free; calls back for each run as it ends. */
export const runAll = async (
  cases: Iterator<SimulatedCase>,
  onRun: (tried: Tried) => void,
): Promise<void> => {
  const threads = Array.from({ length: availableParallelism() }, () => workOff(cases, onRun));
  await Promise.all(threads);
};
