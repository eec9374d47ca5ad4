import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BadInput } from '../../cli/problems.ts';
import { parseSimulate, type SimulateIntention, simulateHelp } from './options.ts';
import type { Simulated } from './simulate-one.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const tellFailure = ({ seed, violations, lastEvents }: Simulated): void => {
  print(`\nseed ${seed}:`);
  for (const { invariant, atSeconds, proxy, text } of violations)
    print(`  ${invariant} at ${Math.round(atSeconds)} s, ${proxy ?? 'fleet'}: ${text}`);
  print(['  last events:', ...lastEvents].join('\n    '));
  print(`  again: npm run simulate -- --seed ${seed} --runs 1`);
};

/** Spreads the seeds over the cores; calls back for each run as it ends. */
const runAll = async (
  { firstSeed, runs }: SimulateIntention,
  onRun: (run: Simulated) => void,
): Promise<void> => {
  const threads = Math.min(availableParallelism(), runs);
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
  const shares = Array.from({ length: threads }, (_, thread) =>
    seeds.filter((_seed, index) => index % threads === thread),
  );
  await Promise.all(
    shares.map(
      (share) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL('./worker.ts', import.meta.url), {
            workerData: { seeds: share },
          });
          worker.on('message', onRun);
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        }),
    ),
  );
};

const main = async (argv: readonly string[]): Promise<number> => {
  const intention = parseSimulate(argv);
  if (intention === null) {
    process.stdout.write(simulateHelp);
    return 0;
  }
  const startedAt = performance.now();
  const sum = { runs: 0, rebuilds: 0, mishaps: 0, failed: 0 };
  await runAll(intention, (run) => {
    sum.runs += 1;
    sum.rebuilds += run.rebuilds;
    sum.mishaps += run.mishaps;
    if (run.violations.length > 0) sum.failed += 1;
    if (run.violations.length > 0 || intention.isVerbose) tellFailure(run);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = (sum.rebuilds / seconds).toFixed(1);
  print(
    `${sum.runs} runs from seed ${intention.firstSeed}: ${sum.rebuilds} executions of rebuild-proxy, ${sum.mishaps} mishaps, ${sum.failed} runs broke a promise; ${Math.round(seconds)} s, ${rate} a second`,
  );
  return sum.failed === 0 ? 0 : 1;
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.problems.join('\n')}\n`);
  process.exitCode = 2;
}
