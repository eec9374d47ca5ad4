/**
 * The one place for the names of errors that AWS gives; ours are in functions/domain/failures.ts. A retry that
 * can go by exclusion does, since a list of AWS's names is never complete. Where a list is needed, each name has
 * a source; without one, it is the class of the SDK for Java that Step Functions names errors by, as in
 * `DynamoDB.AmazonDynamoDBException` and `StepFunctions.StateMachineDoesNotExistException`, both recorded.
 */
export const errorNames = {
  /** All but `States.DataLimitExceeded` and `States.Runtime`; alone in its retrier, and in the last one. */
  any: 'States.ALL',
  /** Step Functions developer guide, "Perform DynamoDB CRUD operations"; in wide use. */
  conditionFailed: 'DynamoDB.ConditionalCheckFailedException',
  /** A function that gave no answer of its own. Step Functions passes the `errorType` of Lambda's payload on. */
  functionLost: {
    /** Its own time limit. Recorded from AWS: a Lambda invocation that times out. */
    timedOut: 'Sandbox.Timedout',
    /** Its process ended. Recorded from AWS: a handler that exits. */
    exited: 'Runtime.ExitError',
    /** Step Functions developer guide, "Handle transient Lambda service exceptions". */
    unavailable: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
    ],
    /**
     * Status 429, above the function's reserved concurrency for example. Step Functions developer guide, "Handle
     * transient Lambda service exceptions"; Lambda API reference, Invoke.
     */
    throttled: 'Lambda.TooManyRequestsException',
    /** Lambda API reference, Invoke: the function is inactive, or its network is being set up again. */
    asleep: 'Lambda.ResourceNotReadyException',
    /** Step Functions developer guide, "Error names": a payload without `errorType`. */
    nameless: 'Lambda.Unknown',
  },
  /**
   * A `.sync` task names the failure of the work itself `States.TaskFailed`, which as a pattern matches
   * everything: what can be retried has to be listed. The rest fails this build or proxy; the next run comes.
   */
  codeBuild: [
    'CodeBuild.AccountLimitExceededException',
    'CodeBuild.AWSCodeBuildException',
    'CodeBuild.SdkClientException',
  ],
  stepFunctions: [
    'StepFunctions.ExecutionLimitExceededException',
    'StepFunctions.AWSStepFunctionsException',
    'StepFunctions.SdkClientException',
  ],
} as const;
