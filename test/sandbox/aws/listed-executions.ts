import type {
  ExecutionRegistry,
  RegisteredExecution,
} from '../../../sandbox/aws/execution-registry.ts';

export const stateMachineArn =
  'arn:aws:states:eu-central-1:123456789012:stateMachine:rebuild-proxy';

/** Executions that run until they are stopped. */
export class ListedExecutions implements ExecutionRegistry {
  readonly #executions = new Map<string, RegisteredExecution>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  hasStateMachine(arn: string): boolean {
    return arn === stateMachineArn;
  }

  find(arn: string): RegisteredExecution | undefined {
    return this.#executions.get(arn);
  }

  list(): readonly RegisteredExecution[] {
    return [...this.#executions.values()].toReversed();
  }

  start(machineArn: string, name: string, input: string): RegisteredExecution {
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const execution: RegisteredExecution = {
      arn,
      stateMachineArn: machineArn,
      name,
      input,
      status: 'RUNNING',
      startedAt: new Date(this.#now()),
      stoppedAt: null,
      output: null,
      error: null,
      cause: null,
    };
    this.#executions.set(arn, execution);
    return execution;
  }

  history(): readonly [] {
    return [];
  }

  stop(arn: string): void {
    const execution = this.#executions.get(arn);
    if (execution === undefined) return;
    const stoppedAt = new Date(this.#now());
    this.#executions.set(arn, { ...execution, status: 'ABORTED', stoppedAt });
  }
}
