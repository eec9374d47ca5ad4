import type { ExecutionStatus } from '@aws-sdk/client-sfn';

/** An execution as the runner of the state machines knows it. */
export interface RegisteredExecution {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly stoppedAt: Date | null;
  /** JSON, as given and as returned. */
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** A state of an execution, entered or left. */
export interface RegisteredEvent {
  readonly at: Date;
  readonly kind: 'entered' | 'exited';
  readonly state: string;
  /** `Task`, `Pass` … */
  readonly stateType: string;
  readonly data: unknown;
}

/** What the simulated Step Functions asks of whoever runs the state machines. */
export interface ExecutionRegistry {
  hasStateMachine(stateMachineArn: string): boolean;
  find(executionArn: string): RegisteredExecution | undefined;
  /** Newest first. */
  list(stateMachineArn: string): readonly RegisteredExecution[];
  start(stateMachineArn: string, name: string, input: string): RegisteredExecution;
  /** Ends an execution as the console's Stop does: at once, without any clean-up. */
  stop(executionArn: string, error: string | undefined, cause: string | undefined): void;
  /** Oldest first. */
  history(executionArn: string): readonly RegisteredEvent[];
}
