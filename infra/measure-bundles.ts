import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envNames } from '../functions/lambda/env.ts';
import { unlessWholeNumber } from '../terminal/command-line.ts';
import { exitCodes, runProgram, type Usage } from '../terminal/program.ts';
import { bundleNames } from './bundling/bundle.ts';
import { cachedBundles } from './bundling/cache.ts';

const environment = {
  AWS_REGION: 'eu-central-1',
  ...Object.fromEntries(Object.values(envNames).map((name) => [name, 'measured'])),
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * A new process from its start until the handler is there, as Lambda begins with every cold start. Counted is
 * the time on the CPU, which other work on the machine does not change.
 */
const startMs = (file: string): number => {
  const program = `await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output);
};

const emptyHandler = (): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'empty-')), 'index.mjs');
  writeFileSync(file, 'export const handler = async () => ({});');
  return file;
};

const measureStart = (file: string, starts: number): number =>
  median(Array.from({ length: starts }, () => startMs(file)));

const usage: Usage = {
  call: 'npm run measure:functions --',
  purpose: 'Builds every function, and prints its size and the CPU time of its cold start.',
  options: {
    starts: {
      value: 'N',
      help: 'how often each function is started; the median counts (7)',
      problem: unlessWholeNumber(1, 1000, 7),
    },
  },
};

await runProgram(usage, async ({ values }) => {
  const starts = Number(values.get('starts') ?? 7);
  const folder = await cachedBundles();
  const emptyMs = measureStart(emptyHandler(), starts);
  console.log(`| function | KB | start in ms of CPU | of an empty one |\n|---|---|---|---|`);
  console.log(`| (empty handler) | 0 | ${Math.round(emptyMs)} | 1.0 |`);
  for (const name of bundleNames) {
    const file = join(folder, name, 'index.cjs');
    const ms = measureStart(file, starts);
    const kb = Math.round(statSync(file).size / 1000);
    console.log(`| ${name} | ${kb} | ${Math.round(ms)} | ${(ms / emptyMs).toFixed(1)} |`);
  }
  return exitCodes.done;
});
