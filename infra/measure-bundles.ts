import { unlessWholeNumber } from '../terminal/command-line.ts';
import { exitCodes, runProgram, type Usage } from '../terminal/program.ts';
import { bundleNames } from './bundling/bundle.ts';
import { cachedBundles } from './bundling/cache.ts';
import { measureStarts, startsOf, startUpTable } from './bundling/start-up.ts';

const usage: Usage = {
  call: 'npm run measure:functions --',
  purpose:
    'Builds every function, and prints its size and the CPU time of its cold start, beside those of a process that ' +
    "has loaded what Lambda's runtime client loads, and of an empty handler.",
  options: {
    starts: {
      value: 'N',
      help: 'how often each function is started; medians count (7)',
      problem: unlessWholeNumber(1, 1000, 7),
    },
  },
};

await runProgram(usage, async ({ values }) => {
  const starts = startsOf(bundleNames, await cachedBundles());
  console.log(startUpTable(measureStarts(starts, Number(values.get('starts') ?? 7))));
  return exitCodes.done;
});
