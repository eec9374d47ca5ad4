import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import { NamedFailure } from '../../domain/failures.ts';
import type { Execution, ExecutionPort } from '../../ports/executions.ts';
import type { SfnClient } from './clients.ts';
import { callAws, callAwsUnless, isGone } from './errors.ts';
import { allPages } from './pages.ts';

/** In any other state the execution runs, waits for its redrive, or is unknown: its lock is not free. */
const endedStatuses: ReadonlySet<string | undefined> = new Set([
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
]);

const describe = (client: SfnClient, executionArn: string) =>
  callAwsUnless(
    'DescribeExecution',
    executionArn,
    () => client.send(new DescribeExecutionCommand({ executionArn })),
    (error) => isGone(error, 'execution'),
    null,
  );

export const stepFunctionsExecutions = (client: SfnClient): ExecutionPort => ({
  isRunning: async (executionArn) => {
    const answer = await describe(client, executionArn);
    return answer !== null && !endedStatuses.has(answer.status);
  },
  inputOf: async (executionArn) => {
    const answer = await describe(client, executionArn);
    if (answer === null) return null;
    if (typeof answer.input === 'string') return answer.input;
    throw new NamedFailure(
      'UnexpectedAnswer',
      `Step Functions returned the execution ${executionArn} without its input`,
    );
  },
  running: (stateMachineArn) =>
    allPages(`The list of executions of ${stateMachineArn}`, async (nextToken) => {
      const input = { stateMachineArn, statusFilter: 'RUNNING', nextToken } as const;
      const answer = await callAws('ListExecutions', stateMachineArn, () =>
        client.send(new ListExecutionsCommand(input)),
      );
      return { elements: (answer.executions ?? []).map(asExecution), next: answer.nextToken };
    }),
});

const asExecution = ({ executionArn, startDate }: ExecutionListItem): Execution => {
  if (executionArn === undefined || startDate === undefined) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `Step Functions returned the execution ${executionArn} without ARN or start time`,
    );
  }
  return { arn: executionArn, startedAt: startDate };
};
