import { availableParallelism } from 'node:os';
import { exitCodes, runProgram } from '../../terminal/program.ts';
import { type Hunt, hunt } from './hunt.ts';
import { allMutations, mutations } from './list.ts';
import type { Mutation } from './mutation.ts';
import { usage } from './options.ts';
import { scratchCopy } from './scratch-copy.ts';
import { heading, row } from './table.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const seconds = (since: number): number => (performance.now() - since) / 1000;

const huntIn = async (mutation: Mutation | null, firstRun: number, runs: number): Promise<Hunt> => {
  try {
    const copy = scratchCopy(mutation);
    return await hunt(copy.path, firstRun, runs).finally(copy.remove);
  } catch (error) {
    return { kind: 'crashed', text: String(error) };
  }
};

/** Works through the elements, so many at a time. */
const spread = async <Element>(
  elements: readonly Element[],
  atATime: number,
  work: (element: Element) => Promise<void>,
): Promise<void> => {
  const left = elements.values();
  const workers = Array.from({ length: atATime }, async () => {
    for (const element of left) await work(element);
  });
  await Promise.all(workers);
};

/** The project as it is must keep every promise where a bug broke one. */
const control = async (runs: number, atATime: number): Promise<boolean> => {
  const startedAt = performance.now();
  const share = Math.ceil(runs / atATime);
  const firsts = Array.from({ length: Math.ceil(runs / share) }, (_, index) => 1 + index * share);
  let isGood = true;
  await spread(firsts, atATime, async (first) => {
    const hunted = await huntIn(null, first, Math.min(share, runs - first + 1));
    if (hunted.kind === 'nothing') return;
    isGood = false;
    print(row('(no bug)', hunted, seconds(startedAt)));
  });
  const how = isGood
    ? 'every promise is kept'
    : 'a promise is broken, so the table above proves nothing';
  print(`without a bug, the same ${runs} runs: ${how}; ${Math.round(seconds(startedAt))} s`);
  return isGood;
};

const mutate = async (only: readonly string[], runs: number): Promise<number> => {
  const chosen =
    only.length === 0 ? mutations : allMutations.filter(({ name }) => only.includes(name));
  const startedAt = performance.now();
  const atATime = availableParallelism();
  const hunts: Hunt[] = [];
  print(heading);
  await spread(chosen, atATime, async (mutation) => {
    const begunAt = performance.now();
    const hunted = await huntIn(mutation, 1, runs);
    hunts.push(hunted);
    print(row(mutation.name, hunted, seconds(begunAt)));
  });
  const found = hunts.filter(({ kind }) => kind === 'found');
  const lastRun = Math.max(1, ...found.map((hunted) => ('run' in hunted ? hunted.run : 1)));
  const isGood = await control(lastRun, atATime);
  print(`${found.length} of ${chosen.length} bugs found; ${Math.round(seconds(startedAt))} s`);
  return isGood && found.length === chosen.length ? exitCodes.done : exitCodes.failed;
};

await runProgram(usage, ({ values, lists }) =>
  mutate(lists.get('only') ?? [], Number(values.get('runs') ?? 2000)),
);
