import { BadInput } from '../config/problems.ts';
import { adviceFor } from '../functions/domain/advice.ts';
import { NamedFailure } from '../functions/domain/failures.ts';
import { printable } from '../functions/domain/printable.ts';
import { Narrator } from '../terminal/narrator.ts';
import { exitCodes } from '../terminal/program.ts';
import { type TextStream, usesColours } from '../terminal/stream.ts';
import { styleFor } from '../terminal/style.ts';
import type { Tell } from './command.ts';
import { helpText, type Intention, parse, type Variables } from './command-line.ts';
import { type Deployment, findDeployment } from './deployment.ts';
import type { Environment } from './environment.ts';

/** The caller of the command line: streams and environment variables. */
export interface Shell {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly variables: Variables;
  readonly connect: (region: string | null) => Environment;
}

const printJson = (stream: TextStream, document: object): void => {
  stream.write(`${JSON.stringify(document, null, 2)}\n`);
};

/** Reports progress with the time since the command started; prints nothing with `--json`. */
const teller = (
  { fleet, environment: { clock } }: Deployment,
  { stdout, variables }: Shell,
  json: boolean,
): Tell => {
  if (json) return () => undefined;
  const proxies = fleet.proxies.map(({ name }) => name);
  const narrator = new Narrator(stdout, { proxies, coloured: usesColours(stdout, variables) });
  const begunAt = clock.now().getTime();
  return (event) => {
    const atSeconds = (clock.now().getTime() - begunAt) / 1000;
    narrator.tell({ ...event, atSeconds });
  };
};

const carryOut = async (
  { call, fleetName, region, json }: Extract<Intention, { readonly kind: 'run' }>,
  shell: Shell,
): Promise<number> => {
  const deployment = await findDeployment(shell.connect(region), fleetName);
  const { document, text, isDone } = await call.run(deployment, teller(deployment, shell, json));
  const { stdout, variables } = shell;
  if (json) printJson(stdout, document);
  else stdout.write(`${text(styleFor(stdout, usesColours(stdout, variables))).join('\n')}\n`);
  return isDone ? exitCodes.done : exitCodes.failed;
};

/** The SDK's error messages when region or credentials are missing. */
const settingsProblem = (error: unknown): string | null => {
  const cause = error instanceof NamedFailure ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  if (cause.name === 'CredentialsProviderError')
    return 'no AWS credentials: sign in or set AWS_PROFILE';
  return cause.message === 'Region is missing'
    ? '--region: missing; use --region NAME or set AWS_REGION'
    : null;
};

/** Reports an error, as text on stderr and, with `--json`, as a document on stdout. */
const fail = (error: unknown, json: boolean, { stdout, stderr }: Shell): number => {
  const problem = settingsProblem(error);
  const problems = error instanceof BadInput ? error.problems : problem === null ? [] : [problem];
  if (problems.length > 0) {
    stderr.write(`${problems.join('\n')}\n`);
    if (json) printJson(stdout, { problems });
    return exitCodes.badInput;
  }
  if (!(error instanceof NamedFailure)) throw error;
  const { name, message: cause } = error;
  const advice = adviceFor(name);
  stderr.write(`${name}: ${printable(cause)}\n${advice}\n`);
  if (json) printJson(stdout, { failure: { name, cause, advice } });
  return exitCodes.failed;
};

/** Runs the command line and returns its exit code. */
export const run = async (argv: readonly string[], shell: Shell): Promise<number> => {
  const intention = parse(argv, shell.variables);
  if (intention.kind === 'help') {
    shell.stdout.write(helpText);
    return exitCodes.done;
  }
  try {
    if (intention.kind === 'bad-usage') throw new BadInput(intention.problems);
    return await carryOut(intention, shell);
  } catch (error) {
    return fail(error, intention.json, shell);
  }
};
