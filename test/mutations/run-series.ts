import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Drawn, drawnFor, type RunResult } from './series.ts';

type SimulateOne = (drawn: Drawn) => Promise<Pick<RunResult, 'violations'>>;

const [path = '', first = '1', runs = '1'] = process.argv.slice(2);
const module = pathToFileURL(join(path, 'sandbox/simulate/simulate-one.ts')).href;
const { simulateOne } = (await import(module)) as { readonly simulateOne: SimulateOne };

/** Waits until the parent has it, because the process may be ended right after. */
const tell = (result: RunResult): Promise<void> =>
  new Promise((resolve) => process.send?.(result, () => resolve()));

Error.stackTraceLimit = 0;
for (let run = Number(first); run < Number(first) + Number(runs); run += 1) {
  const drawn = drawnFor(run);
  const { violations } = await simulateOne(drawn);
  await tell({ ...drawn, run, violations });
  if (violations.length > 0) break;
}
process.disconnect();
