/** An execution of one of the state machines. */
export interface Execution {
  readonly arn: string;
  readonly startedAt: Date;
}

/** Step Functions' own view. Errors as in `GroupPort`. */
export interface ExecutionPort {
  /** False when it has ended or Step Functions no longer knows it. */
  isRunning(executionArn: string): Promise<boolean>;
  running(stateMachineArn: string): Promise<readonly Execution[]>;
}
