import type { ExecutionRegistry, RegisteredExecution } from '../aws/execution-registry.ts';
import type { SimulatedExecution } from './execution.ts';
import type { Executions } from './executions.ts';
import type { Json } from './state-event.ts';

export const registered = (execution: SimulatedExecution): RegisteredExecution => ({
  arn: execution.arn,
  stateMachineArn: execution.stateMachineArn,
  name: execution.name,
  status: execution.status,
  startedAt: execution.startedAt,
  stoppedAt: execution.stoppedAt,
  input: JSON.stringify(execution.input),
  output: execution.output === null ? null : JSON.stringify(execution.output),
  error: execution.error?.name ?? null,
  cause: execution.error?.cause ?? null,
});

/** The executions of a run, as the simulated Step Functions API shows them. */
export const executionRegistry = (executions: Executions): ExecutionRegistry => {
  return {
    hasStateMachine: (arn) => executions.machineOf(arn) !== undefined,
    find: (arn) => {
      const execution = executions.get(arn);
      return execution && registered(execution);
    },
    list: (arn) =>
      executions
        .all()
        .filter(({ machine }) => machine === executions.machineOf(arn))
        .map(registered)
        .reverse(),
    start: (arn, name, input) => {
      const machine = executions.machineOf(arn);
      if (machine === undefined) throw new Error(`no state machine ${arn}`);
      return registered(executions.start(machine, name, JSON.parse(input) as Json));
    },
    stop: (arn) => executions.get(arn)?.stop(),
    history: (arn) => executions.get(arn)?.history ?? [],
  };
};
