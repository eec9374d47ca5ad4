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
  /** The integrations name errors by their classes in the SDK for Java; `…DynamoDBException` is any that has none. */
  dynamoDb: [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDB.RequestLimitExceededException',
    'DynamoDB.ThrottlingException',
    'DynamoDB.InternalServerErrorException',
    'DynamoDB.TransactionConflictException',
    'DynamoDB.AmazonDynamoDBException',
    'DynamoDB.SdkClientException',
  ],
  codeBuild: [
    'CodeBuild.AccountLimitExceededException',
    'CodeBuild.AWSCodeBuildException',
    'CodeBuild.SdkClientException',
  ],
  stepFunctions: ['StepFunctions.AWSStepFunctionsException', 'StepFunctions.SdkClientException'],
} as const;
