import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exitCodes, runProgram } from '../../terminal/program.ts';
import { runAll, type Tried } from './campaign.ts';
import { readCase, renderCase } from './case-file.ts';
import type { SimulatedCase } from './case-run.ts';
import { drawnCases } from './cases.ts';
import { enumeratedCases } from './exhaustive.ts';
import { intentionOf, type SimulateIntention, usage } from './options.ts';
import { renderFaults, renderRun } from './render.ts';
import { reportOf } from './report-case.ts';
import { shrink } from './shrink.ts';
import { Sum } from './sum.ts';

/** Failing runs beyond these are only counted. */
const shrunkMax = 3;
const shrinkAttemptsMax = 300;
/** How often a campaign prints its progress. */
const progressMs = 60_000;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

const casesOf = async (intention: SimulateIntention): Promise<Iterator<SimulatedCase>> => {
  const { replay, enumerate, minutes, runs, profile } = intention;
  if (replay !== undefined) return [readCase(replay)].values();
  if (enumerate !== null) return enumerated(enumerate);
  const firstSeed = intention.firstSeed === 'fresh' ? randomInt(2 ** 32) : intention.firstSeed;
  const endsAt = performance.now() + minutes * 60_000;
  print(`runs from seed ${firstSeed}, profile ${profile}`);
  return drawnCases({ firstSeed, runs, profile }, () => performance.now() > endsAt);
};

const enumerated = async (kind: 'singles' | 'pairs'): Promise<Iterator<SimulatedCase>> => {
  const cases = await enumeratedCases(kind);
  print(`${cases.length} ${kind}`);
  return cases.values();
};

/** Finds the fewest faults that cause the violation, and writes them to a file for `--replay`. */
const shrinkAndKeep = async ({ asked, run }: Tried): Promise<void> => {
  const shrunk = await shrink(asked, run, shrinkAttemptsMax);
  const kept = shrunk ?? asked;
  const path = `out/seed-${asked.seed}`;
  write(`${path}.json`, renderCase(kept));
  const lines =
    shrunk === null
      ? ['could not be shrunk; see the whole run']
      : renderFaults(shrunk.faults ?? []);
  print(`\nseed ${asked.seed}: the faults that cause it, out of ${run.faults.length}:`);
  for (const line of lines) print(`  ${line}`);
  print(`  replay: npm run simulate -- --replay ${path}.json --report ${path}.html`);
};

const simulate = async (intention: SimulateIntention): Promise<number> => {
  const sum = new Sum();
  const startedAt = performance.now();
  const failed: Tried[] = [];
  let last: Tried | undefined;
  let printedAt = startedAt;
  await runAll(await casesOf(intention), (tried) => {
    sum.add(tried.run);
    const isFailed = tried.run.violations.length > 0;
    if (isFailed) failed.push(tried);
    if (isFailed || intention.isVerbose) print(renderRun(tried.asked, tried.run));
    last = tried;
    if (performance.now() - printedAt < progressMs) return;
    printedAt = performance.now();
    process.stderr.write(`${sum.soFar()}\n`);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage();
  const total = sum.render(seconds, (user + system) / 1_000_000);
  if (intention.report !== undefined && last !== undefined)
    await report(last.asked, intention.report);
  if (intention.replay === undefined)
    for (const tried of failed.slice(0, shrunkMax)) await shrinkAndKeep(tried);
  print(total);
  return failed.length === 0 ? exitCodes.done : exitCodes.failed;
};

const report = async (asked: SimulatedCase, path: string): Promise<void> => {
  write(path, await reportOf(asked));
  print(`report: ${path}`);
};

await runProgram(usage, (words) => simulate(intentionOf(words)));
