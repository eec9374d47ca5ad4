import { parentPort, workerData } from 'node:worker_threads';
import { simulateOne } from './simulate-one.ts';

// A simulated run replaces the clock of its thread, so each thread runs one at a time.
const { seeds } = workerData as { readonly seeds: readonly number[] };
Error.stackTraceLimit = 0;
for (const seed of seeds) parentPort?.postMessage(await simulateOne({ seed }));
