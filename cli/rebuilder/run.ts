import { BadInput } from '../../config/problems.ts';
import { adviceFor } from '../../functions/domain/advice.ts';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { printable } from '../../functions/domain/printable.ts';
import { Narrator } from '../../terminal/narrator.ts';
import { type TextStream, usesColours } from '../../terminal/stream.ts';
import { styleFor } from '../../terminal/style.ts';
import { cancel } from './cancel.ts';
import type { Command } from './command.ts';
import { type Deployment, findDeployment } from './deployment.ts';
import { history } from './history.ts';
import { type Intention, parse } from './options.ts';
import type { Outcome, Tell } from './outcome.ts';
import type { Outside } from './outside.ts';
import { plan } from './plan.ts';
import { startRebuild } from './start.ts';
import { status } from './status.ts';
import { helpText } from './usage.ts';

/** Exit codes: done, it failed, bad usage or bad input. */
const exit = { done: 0, failed: 1, badInput: 2 } as const;

export interface Surroundings {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly outside: (region: string | null) => Outside;
}

type RunIntention = Extract<Intention, { readonly kind: 'run' }>;

const carryOut = (deployment: Deployment, command: Command, tell: Tell): Promise<Outcome> => {
  switch (command.name) {
    case 'plan':
      return plan(deployment, command.choice);
    case 'start':
      return startRebuild(deployment, command, tell);
    case 'status':
      return status(deployment);
    case 'history':
      return history(deployment, command);
    case 'cancel':
      return cancel(deployment, command.target, tell);
  }
};

const printJson = (stream: TextStream, document: object): void => {
  stream.write(`${JSON.stringify(document, null, 2)}\n`);
};

/** Tells what happens, by the time since the command began; with `--json`, nothing. */
const teller = (
  { fleet, outside }: Deployment,
  { stdout, environment }: Surroundings,
  json: boolean,
): Tell => {
  if (json) return () => undefined;
  const proxies = fleet.proxies.map(({ name }) => name);
  const narrator = new Narrator(stdout, { proxies, coloured: usesColours(stdout, environment) });
  const begunAt = outside.clock.now().getTime();
  return (event) => {
    const atSeconds = (outside.clock.now().getTime() - begunAt) / 1000;
    narrator.tell({ ...event, atSeconds });
  };
};

const runCommand = async (intention: RunIntention, surroundings: Surroundings): Promise<number> => {
  const { command, fleetName, region, json } = intention;
  const deployment = await findDeployment(surroundings.outside(region), fleetName);
  const tell = teller(deployment, surroundings, json);
  const outcome = await carryOut(deployment, command, tell);
  const { stdout, environment } = surroundings;
  if (json) printJson(stdout, outcome.document);
  else stdout.write(outcome.text(styleFor(stdout, usesColours(stdout, environment))));
  return outcome.isDone ? exit.done : exit.failed;
};

/** What the SDK says when it does not know where, or as whom, to call. */
const settingsProblem = (error: unknown): string | null => {
  const cause = error instanceof NamedFailure ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  if (cause.name === 'CredentialsProviderError')
    return 'AWS credentials are missing: sign in, or set AWS_PROFILE';
  return cause.message === 'Region is missing'
    ? '--region: is missing; write --region NAME, or set AWS_REGION'
    : null;
};

/** What went wrong, for people on stderr and, if asked for, for machines on stdout. */
const fail = (error: unknown, json: boolean, { stdout, stderr }: Surroundings): number => {
  const problem = settingsProblem(error);
  const problems = error instanceof BadInput ? error.problems : problem === null ? [] : [problem];
  if (problems.length > 0) {
    stderr.write(`${problems.join('\n')}\n`);
    if (json) printJson(stdout, { problems });
    return exit.badInput;
  }
  if (!(error instanceof NamedFailure)) throw error;
  const { name, message: cause } = error;
  const advice = adviceFor(name);
  stderr.write(`${name}: ${printable(cause)}\n${advice}\n`);
  if (json) printJson(stdout, { failure: { name, cause, advice } });
  return exit.failed;
};

/** The whole command line, from its words to its exit code. */
export const run = async (argv: readonly string[], surroundings: Surroundings): Promise<number> => {
  const intention = parse(argv, surroundings.environment);
  if (intention.kind === 'help') {
    surroundings.stdout.write(helpText);
    return exit.done;
  }
  try {
    if (intention.kind === 'bad-usage') throw new BadInput(intention.problems);
    return await runCommand(intention, surroundings);
  } catch (error) {
    return fail(error, intention.json, surroundings);
  }
};
