import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { callAws, callAwsUnless, isGone } from '../functions/adapters/aws/errors.ts';
import { stepFunctionsExecutions } from '../functions/adapters/aws/step-functions-executions.ts';
import { type ReadableFailure, readFailure } from '../functions/domain/failure-cause.ts';
import { NamedFailure } from '../functions/domain/failures.ts';
import { type GivenRequest, parseRequest } from '../functions/domain/request.ts';
import type { MachineName } from '../functions/domain/resource-names.ts';
import { proxyOfRequest } from '../functions/operations/interrupted-proxy.ts';
import type { Deployment } from './deployment.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineName;
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export interface DescribedExecution extends Execution {
  readonly input: unknown;
  /** `null` for a fleet, or when the input does not lead to a proxy. */
  readonly proxy: string | null;
  /** `null` unless it succeeded. */
  readonly output: unknown;
  readonly failure: ReadableFailure | null;
}

type Place = Pick<Deployment, 'machines' | 'environment'>;

/** The input of a `rebuild-proxy` execution; `null` when it is not valid. */
export const givenIn = (input: unknown): GivenRequest | null => {
  try {
    return parseRequest(input);
  } catch {
    return null;
  }
};

/** `null` when absent, truncated or not JSON. */
export const parseJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
};

/** An execution that is waiting to be redriven is about to continue. */
const statusOf = (status: string | undefined): ExecutionStatus =>
  status === 'PENDING_REDRIVE' ? 'RUNNING' : ((status ?? 'RUNNING') as ExecutionStatus);

const asExecution = (answer: ExecutionListItem, machine: MachineName): Execution => ({
  arn: answer.executionArn ?? '',
  name: answer.name ?? '',
  machine,
  status: statusOf(answer.status),
  startedAt: answer.startDate ?? new Date(0),
  endedAt: answer.stopDate ?? null,
});

const failureOf = ({ error, cause, status }: DescribeExecutionCommandOutput) => {
  if (status === 'ABORTED') return { name: 'Stopped', cause: cause ?? 'the execution was aborted' };
  if (status === 'TIMED_OUT') return { name: 'TimedOut', cause: 'the execution timed out' };
  return error === undefined ? null : readFailure({ Error: error, Cause: cause });
};

/** The executions of a state machine, newest first; reads pages as needed. */
export async function* listExecutions(
  { machines, environment }: Place,
  machine: MachineName,
  only?: 'RUNNING',
): AsyncGenerator<Execution> {
  const stateMachineArn = machines[machine];
  let nextToken: string | undefined;
  do {
    const input = { stateMachineArn, nextToken, ...(only && { statusFilter: only }) };
    const answer = await callAws('ListExecutions', machine, () =>
      environment.sfn.send(new ListExecutionsCommand(input)),
    );
    for (const item of answer.executions ?? []) yield asExecution(item, machine);
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
}

/** A rollback that EventBridge started does not name its proxy: the execution that it follows does. */
const proxyOf = async ({ sfn }: Place['environment'], input: unknown): Promise<string | null> => {
  const given = givenIn(input);
  if (given === null) return null;
  const { inputOf } = stepFunctionsExecutions(sfn);
  return proxyOfRequest(inputOf, given).catch((error: unknown) => {
    if (error instanceof NamedFailure && error.name === 'BadRequest') return null;
    throw error;
  });
};

/** `null` when Step Functions does not have the execution, or no longer has it. */
export const describeExecution = async (
  { machines, environment }: Place,
  executionArn: string,
): Promise<DescribedExecution | null> => {
  const answer = await callAwsUnless(
    'DescribeExecution',
    executionArn,
    () => environment.sfn.send(new DescribeExecutionCommand({ executionArn })),
    (error) => isGone(error, 'execution'),
    null,
  );
  if (answer === null) return null;
  const isFleet = answer.stateMachineArn === machines['rebuild-fleet'];
  const input = parseJson(answer.input);
  return {
    ...asExecution(answer as ExecutionListItem, isFleet ? 'rebuild-fleet' : 'rebuild-proxy'),
    input,
    proxy: isFleet ? null : await proxyOf(environment, input),
    output: parseJson(answer.output),
    failure: failureOf(answer),
  };
};

/** The ARN of an execution, from its name. */
export const arnOf = ({ machines }: Place, machine: MachineName, name: string): string =>
  `${machines[machine].replace(':stateMachine:', ':execution:')}:${name}`;

/** All running executions with their input, newest first. */
export const listRunning = async (
  place: Place,
  machine: MachineName,
): Promise<readonly DescribedExecution[]> => {
  const executions: DescribedExecution[] = [];
  for await (const { arn } of listExecutions(place, machine, 'RUNNING')) {
    const execution = await describeExecution(place, arn);
    if (execution?.status === 'RUNNING') executions.push(execution);
  }
  return executions;
};

export const startExecution = async (
  { machines, environment }: Place,
  machine: MachineName,
  name: string,
  input: object,
): Promise<string> => {
  const answer = await callAws('StartExecution', name, () =>
    environment.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machines[machine],
        name,
        input: JSON.stringify(input),
      }),
    ),
  );
  return answer.executionArn ?? '';
};

export const stopExecution = async (
  { environment }: Place,
  executionArn: string,
): Promise<void> => {
  const cause = 'cancelled from the command line';
  await callAws('StopExecution', executionArn, () =>
    environment.sfn.send(new StopExecutionCommand({ executionArn, error: 'Cancelled', cause })),
  );
};

/** The events of an execution, newest first; reads pages as needed. */
export async function* eventsBackwards(
  { environment }: Place,
  executionArn: string,
): AsyncGenerator<HistoryEvent> {
  let nextToken: string | undefined;
  do {
    const input = { executionArn, reverseOrder: true, includeExecutionData: true, nextToken };
    const answer = await callAws('GetExecutionHistory', executionArn, () =>
      environment.sfn.send(new GetExecutionHistoryCommand(input)),
    );
    yield* answer.events ?? [];
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
}
