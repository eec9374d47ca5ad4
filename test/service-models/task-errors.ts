import { models } from './model.ts';
import { taskOperations } from './operations-in-use.ts';

/** Histories of executions, recorded from AWS. */
const recorded =
  'https://github.com/localstack/localstack/tree/main/tests/aws/services/stepfunctions/v2/error_handling';
const lambdaPage =
  'https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html';
const errorPage =
  'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html';
const glacierTransfer =
  'https://github.com/aws-solutions/data-transfer-from-amazon-s3-glacier-vaults-to-amazon-s3';

const javaSdk = 'https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services';

/** What Step Functions calls the services whose errors it hands to `Retry` and `Catch`. */
const prefixes: Readonly<Record<string, string>> = {
  codebuild: 'CodeBuild',
  dynamodb: 'DynamoDB',
  lambda: 'Lambda',
  states: 'StepFunctions',
};

/** Names that no service models, by where they are written. */
const unmodeled: Readonly<Record<string, string>> = {
  'States.ALL': errorPage,
  'States.Timeout': errorPage,
  'Lambda.AWSLambdaException': lambdaPage,
  'Lambda.ClientExecutionTimeoutException': lambdaPage,
  'Lambda.SdkClientException': lambdaPage,
  'Lambda.Unknown': lambdaPage,
  // Any error without a class of its own, a throttled call among them.
  'DynamoDB.AmazonDynamoDBException': recorded,
  'StepFunctions.AWSStepFunctionsException': glacierTransfer,
  'CodeBuild.AWSCodeBuildException': `${javaSdk}/codebuild/model/AWSCodeBuildException.html`,
  // An answer that did not arrive; the page has it for Lambda, and the others are called by the same SDK.
  'DynamoDB.SdkClientException': lambdaPage,
  'StepFunctions.SdkClientException': lambdaPage,
  'CodeBuild.SdkClientException': lambdaPage,
};

/** An error is named by its class in the SDK for Java: `ExecutionAlreadyExists` becomes `…Exception` (see `recorded`). */
const javaClass = (error: string): string =>
  error.endsWith('Exception') ? error : `${error}Exception`;

/** Every name under which a task of the machines can fail, other than the failures of our own. */
export const taskErrors = (): ReadonlySet<string> => {
  const modeled = Object.entries(taskOperations()).flatMap(([service, operations]) =>
    operations.flatMap((operation) =>
      (models().services[service]?.operations[operation]?.errors ?? []).map(
        (error) => `${prefixes[service]}.${javaClass(error)}`,
      ),
    ),
  );
  return new Set([...modeled, ...Object.keys(unmodeled)]);
};
