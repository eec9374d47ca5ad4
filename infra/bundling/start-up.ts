import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envNames } from '../../functions/lambda/env.ts';

/** What a new process loads: modules of Node, then the file of a handler. */
export interface Start {
  readonly name: string;
  readonly modules: readonly string[];
  readonly file: string | null;
}

/** What Lambda's own runtime client loads, and any call over TLS. */
const runtimeModules = ['http', 'https', 'net', 'tls', 'crypto', 'zlib'];

const fileWith = (program: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'start-up-')), 'index.cjs');
  writeFileSync(file, program);
  return file;
};

/** The two yardsticks, and after them every function. */
export const startsOf = (names: readonly string[], folder: string): readonly Start[] => [
  { name: '(runtime)', modules: runtimeModules, file: null },
  { name: '(empty handler)', modules: [], file: fileWith('exports.handler = async () => ({});') },
  ...names.map((name) => ({
    name,
    modules: runtimeModules,
    file: join(folder, name, 'index.cjs'),
  })),
];

const environment = {
  AWS_REGION: 'eu-central-1',
  ...Object.fromEntries(Object.values(envNames).map((name) => [name, 'measured'])),
};

const starter = fileWith(`for (const path of process.argv.slice(2)) require(path);
  const { user, system } = process.cpuUsage();
  process.stdout.write(String((user + system) / 1000), () => process.exit());`);

/**
 * CPU time in milliseconds of a new process, from its start until the handler is loaded: what every cold start
 * begins with. CPU time varies less than elapsed time on a machine that has other work too.
 */
export const startMs = ({ modules, file }: Start): number =>
  Number(
    execFileSync(process.execPath, [starter, ...modules, ...(file === null ? [] : [file])], {
      env: environment,
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

export interface StartUp {
  readonly name: string;
  readonly kilobytes: number;
  readonly ms: number;
  /** To the first two starts, the yardsticks: medians over the rounds. */
  readonly ratios: readonly [ofRuntime: number, ofEmpty: number];
}

/**
 * Starts all of them in turn, round after round, so that whatever slows the machine down affects a function and
 * its yardsticks alike. The first round only warms the disk cache and does not count.
 */
export const measureStarts = (
  starts: readonly Start[],
  rounds: number,
  measure: (start: Start) => number = startMs,
): readonly StartUp[] => {
  for (const start of starts) measure(start);
  const measured = Array.from({ length: rounds }, () => starts.map(measure));
  return starts.map(({ name, file }, index) => {
    const ratioTo = (yardstick: number): number =>
      median(measured.map((round) => (round[index] ?? Number.NaN) / (round[yardstick] ?? 0)));
    return {
      name,
      kilobytes: file === null ? 0 : statSync(file).size / 1000,
      ms: median(measured.map((round) => round[index] ?? Number.NaN)),
      ratios: [ratioTo(0), ratioTo(1)],
    };
  });
};

/** The table of docs/deployment.md. */
export const startUpTable = (measured: readonly StartUp[]): string =>
  [
    '| function | KB | CPU ms | of the runtime | of an empty handler |',
    '|---|---:|---:|---:|---:|',
    ...measured.map(
      ({ name, kilobytes, ms, ratios }) =>
        `| ${name} | ${Math.round(kilobytes)} | ${Math.round(ms)} | ${ratios.map((ratio) => ratio.toFixed(1)).join(' | ')} |`,
    ),
  ].join('\n');
