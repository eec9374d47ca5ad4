import { renderReport } from '../report/html.ts';
import { resultOf } from '../run/result-of.ts';
import { listen, storyOf } from '../run/story-of.ts';
import { CaseRun, type SimulatedCase } from './case-run.ts';
import { renderFaults } from './render.ts';

/** Runs a case once more and tells it as the sandbox tells a scenario: an HTML page. */
export const reportOf = async (asked: SimulatedCase): Promise<string> => {
  const run = new CaseRun(asked);
  const events = listen(run.simulation);
  await run.run();
  const scenario = {
    name: `Seed ${asked.seed}`,
    description: renderFaults(run.faults).join('\n'),
  };
  const result = resultOf(run.simulation, asked.seed);
  return renderReport(storyOf(run.simulation, scenario, result, events));
};
