import { parentPort } from 'node:worker_threads';
import type { SimulatedCase } from './case-run.ts';
import { simulateOne } from './simulate-one.ts';

// A simulated run replaces the clock of its thread, so each thread runs one at a time.
Error.stackTraceLimit = 0;
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (asked: SimulatedCase) => {
  last = last.then(async () => parentPort?.postMessage(await simulateOne(asked)));
});
