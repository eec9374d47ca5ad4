import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Drawn, RunResult } from './series.ts';

/** How a search for a broken promise ended. */
export type Hunt =
  | {
      readonly kind: 'found';
      readonly run: number;
      readonly drawn: Drawn;
      readonly invariants: readonly string[];
    }
  | { readonly kind: 'nothing' }
  /** The copy could not be run, so nothing was judged. */
  | { readonly kind: 'crashed'; readonly text: string };

/** Of real time. A run that takes longer goes round in circles. */
const longestRunMs = 120_000;
/** How `simulateOne` tells of an error that is its own, which is no promise of the product. */
const crash = 'no-crash';

const judge = ({ run, seed, profile, violations }: RunResult): Hunt | null => {
  const crashed = violations.find(({ invariant }) => invariant === crash);
  const invariants = [...new Set(violations.map(({ invariant }) => invariant))];
  if (crashed !== undefined) {
    const world = `seed ${seed} of the profile ${profile}`;
    return { kind: 'crashed', text: `the simulation of ${world} has crashed: ${crashed.text}` };
  }
  return invariants.length > 0
    ? { kind: 'found', run, drawn: { seed, profile }, invariants }
    : null;
};

/** Makes so many runs of a copy, from one on, in a process of its own, until a promise is broken. */
export const hunt = (path: string, firstRun: number, runs: number): Promise<Hunt> =>
  new Promise((resolve) => {
    const script = fileURLToPath(new URL('./run-series.ts', import.meta.url));
    const child = fork(script, [path, String(firstRun), String(runs)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    let done = 0;
    const end = (hunted: Hunt): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(hunted);
    };
    const tooLong = (): void =>
      end({ kind: 'crashed', text: `a run takes longer than ${longestRunMs / 1000} s` });
    let timer = setTimeout(tooLong, longestRunMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString('utf8')}`.slice(-2000);
    });
    child.on('message', (result: RunResult) => {
      clearTimeout(timer);
      timer = setTimeout(tooLong, longestRunMs);
      done += 1;
      const hunted = judge(result);
      if (hunted !== null) end(hunted);
    });
    child.on('exit', () =>
      end(done === runs ? { kind: 'nothing' } : { kind: 'crashed', text: lastWords(complaint) }),
    );
  });

const lastWords = (complaint: string): string =>
  complaint.split('\n').find((line) => /Error/.test(line)) ?? 'the process has ended too early';
