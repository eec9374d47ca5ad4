/**
 * Names of the errors that AWS returns: Step Functions, Lambda, and the services that the machines call
 * directly. The product's own failures are in functions/domain/failures.ts.
 */
export const errorNames = {
  any: 'States.ALL',
  conditionFailed: 'DynamoDB.ConditionalCheckFailedException',
  /** The function did not run or did not answer. A function raises `TimeoutError` just before its own time is up. */
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
