/** An execution of one of the state machines. */
export interface Execution {
  readonly arn: string;
  readonly startedAt: Date;
}

/** Executions as Step Functions sees them. Errors as in `GroupPort`. */
export interface ExecutionPort {
  /** False when it has ended or Step Functions no longer has it. */
  isRunning(executionArn: string): Promise<boolean>;
  /** The JSON text that it was started with; `null` when Step Functions does not have it, or no longer has it. */
  inputOf(executionArn: string): Promise<string | null>;
  running(stateMachineArn: string): Promise<readonly Execution[]>;
}
