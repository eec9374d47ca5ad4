import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printable } from '../../functions/domain/printable.ts';
import { Narrator } from '../../terminal/narrator.ts';
import { exitCodes, runProgram } from '../../terminal/program.ts';
import { usesColours } from '../../terminal/stream.ts';
import { renderReport } from '../report/html.ts';
import { runScenario, type ScenarioRun } from '../run/run-scenario.ts';
import { type RunInput, readRunInput } from '../scenario/run-input.ts';
import { closing } from './closing.ts';
import { type Intention, intentionOf, usage } from './options.ts';
import { planText } from './plan-text.ts';

const write = (path: string, text: string): string => {
  const whole = resolve(path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
};

const narrate = async (input: RunInput, intention: Intention): Promise<ScenarioRun> => {
  const { stdout } = process;
  const coloured = usesColours(stdout, process.env);
  const narrator = new Narrator(stdout, {
    proxies: input.fleet.proxies.map(({ name }) => name),
    coloured,
  });
  stdout.write(`${printable(input.scenario.description)}\n\n`);
  const run = await runScenario(input, {
    transport: 'https',
    onEvent: (event) => narrator.tell(event),
  });
  if (input.scenario.start.dryRun) {
    stdout.write(planText(run));
    return run;
  }
  const reportPath = write(
    intention.report ?? `out/${run.story.title}.html`,
    renderReport(run.story),
  );
  stdout.write(closing(run.story, { coloured, reportPath, columns: stdout.columns }));
  return run;
};

const printJson = async (input: RunInput, intention: Intention): Promise<ScenarioRun> => {
  const run = await runScenario(input, { transport: 'https' });
  if (intention.report !== undefined) write(intention.report, renderReport(run.story));
  const dryRun = input.scenario.start.dryRun ? { plan: run.plan } : {};
  process.stdout.write(`${JSON.stringify({ ...run.result, ...dryRun }, null, 2)}\n`);
  return run;
};

const hasSucceeded = ({ result }: ScenarioRun): boolean =>
  result.outcome !== 'failed' && result.invariants.violations.length === 0;

await runProgram(usage, async (words) => {
  const intention = intentionOf(words);
  const input = readRunInput(intention.overrides);
  const run = await (intention.json ? printJson : narrate)(input, intention);
  return hasSucceeded(run) ? exitCodes.done : exitCodes.failed;
});
