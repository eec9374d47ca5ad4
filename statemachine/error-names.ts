/**
 * The one place for the names of errors that AWS gives: Step Functions, Lambda, and the services that the
 * machines call by themselves. Ours are in functions/domain/failures.ts.
 */
export const errorNames = {
  any: 'States.ALL',
  conditionFailed: 'DynamoDB.ConditionalCheckFailedException',
  /** A function was not run, or ended without an answer. `TimeoutError` is its own, just before its time is over. */
  lambda: [
    'States.Timeout',
    'TimeoutError',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
  ],
  dynamoDb: [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDB.RequestLimitExceeded',
    'DynamoDB.ThrottlingException',
    'DynamoDB.InternalServerError',
    'DynamoDB.SdkClientException',
    'DynamoDB.TransactionConflictException',
  ],
  codeBuild: ['CodeBuild.AccountLimitExceededException', 'CodeBuild.SdkClientException'],
  stepFunctions: [
    'StepFunctions.ThrottlingException',
    'StepFunctions.SdkClientException',
    'StepFunctions.InternalServerError',
  ],
} as const;
