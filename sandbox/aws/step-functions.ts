import type {
  DescribeExecutionCommandInput,
  DescribeExecutionCommandOutput,
  GetExecutionHistoryCommandInput,
  GetExecutionHistoryCommandOutput,
  ListExecutionsCommandInput,
  ListExecutionsCommandOutput,
  StartExecutionCommandInput,
  StartExecutionCommandOutput,
  StopExecutionCommandInput,
  StopExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from './aws-error.ts';
import { eventsOf } from './execution-history.ts';
import { executionExists } from './execution-names.ts';
import type { ExecutionRegistry, RegisteredExecution } from './execution-registry.ts';
import { pageOf } from './paging.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** The commands of Step Functions. */
export const stepFunctions = (
  registry: () => ExecutionRegistry,
  newName: () => string,
  now: () => number,
): Handlers => {
  const found = (arn: string | undefined): RegisteredExecution => {
    const execution = registry().find(arn ?? '');
    if (execution !== undefined) return execution;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  };
  const machine = (arn: string | undefined): string => {
    if (!/^arn:aws:states:[\w-]+:\d{12}:stateMachine:[^:]+$/.test(arn ?? '')) {
      throw new AwsError('InvalidArn', `Invalid State Machine Arn: '${arn}'`);
    }
    if (arn !== undefined && registry().hasStateMachine(arn)) return arn;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  };

  return {
    DescribeExecutionCommand: (
      input: DescribeExecutionCommandInput,
    ): Answer<DescribeExecutionCommandOutput> => {
      return described(found(input.executionArn));
    },
    GetExecutionHistoryCommand: (
      input: GetExecutionHistoryCommandInput,
    ): Answer<GetExecutionHistoryCommandOutput> => {
      const execution = found(input.executionArn);
      const events = eventsOf(execution, registry().history(execution.arn));
      const inOrder = input.reverseOrder === true ? events.toReversed() : events;
      const { page, next } = pageIn(inOrder, input);
      return { events: page.map((event) => event(input.includeExecutionData)), nextToken: next };
    },
    ListExecutionsCommand: (
      input: ListExecutionsCommandInput,
    ): Answer<ListExecutionsCommandOutput> => {
      const executions = registry()
        .list(machine(input.stateMachineArn))
        .filter(({ status }) => input.statusFilter === undefined || status === input.statusFilter);
      const { page, next } = pageIn(executions, input);
      return { executions: page.map(listed), nextToken: next };
    },
    StartExecutionCommand: (
      input: StartExecutionCommandInput,
    ): Answer<StartExecutionCommandOutput> => {
      const stateMachineArn = machine(input.stateMachineArn);
      const name = input.name ?? newName();
      const request = input.input ?? '{}';
      const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const earlier = registry().find(arn);
      const { arn: executionArn, startedAt } =
        earlier === undefined
          ? registry().start(stateMachineArn, name, request)
          : sameStart(earlier, request);
      return { executionArn, startDate: startedAt };
    },
    StopExecutionCommand: (
      input: StopExecutionCommandInput,
    ): Answer<StopExecutionCommandOutput> => {
      const { arn } = found(input.executionArn);
      registry().stop(arn, input.error, input.cause);
      return { stopDate: new Date(now()) };
    },
  };
};

interface Paged {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

const pageIn = <Element>(elements: readonly Element[], { nextToken, maxResults = 100 }: Paged) =>
  pageOf(elements, nextToken, maxResults, 'InvalidToken');

/** The same name with the same input is the same execution for as long as that runs. */
const sameStart = (earlier: RegisteredExecution, request: string): RegisteredExecution => {
  if (earlier.status === 'RUNNING' && earlier.input === request) return earlier;
  throw executionExists(earlier.arn);
};

const listed = (execution: RegisteredExecution) => ({
  executionArn: execution.arn,
  stateMachineArn: execution.stateMachineArn,
  name: execution.name,
  status: execution.status,
  startDate: execution.startedAt,
  stopDate: execution.stoppedAt ?? undefined,
});

/** As DescribeExecution answers. */
export const described = (execution: RegisteredExecution) => ({
  ...listed(execution),
  input: execution.input,
  output: execution.output ?? undefined,
  error: execution.error ?? undefined,
  cause: execution.cause ?? undefined,
});
