/** An error that a service gives though its model does not say so, and where that is written. */
interface UnmodeledError {
  readonly status: number;
  readonly source: string;
}

type Errors = Readonly<Record<string, UnmodeledError>>;

const from = (source: string, status: number, ...names: readonly string[]): Errors =>
  Object.fromEntries(names.map((name) => [name, { status, source }]));

const docs = 'https://docs.aws.amazon.com';
const reports = 'https://github.com';

const autoScaling = `${docs}/autoscaling/ec2/APIReference/CommonErrors.html`;
const ec2 = `${docs}/AWSEC2/latest/APIReference/errors-overview.html`;
const elb = `${docs}/elasticloadbalancing/latest/APIReference/CommonErrors.html`;
const route53 = `${docs}/Route53/latest/APIReference/CommonErrors.html`;
const s3 = `${docs}/AmazonS3/latest/API/ErrorResponses.html`;
const stepFunctions = `${docs}/step-functions/latest/apireference/CommonErrors.html`;

/**
 * By service and name. EC2 models no error at all, and no service models all that its front door refuses.
 * Where AWS's pages and what callers have met differ, callers are believed.
 */
export const unmodeledErrors: Readonly<Record<string, Errors>> = {
  autoscaling: {
    ...from(autoScaling, 400, 'ValidationError'),
    ...from(autoScaling, 500, 'InternalFailure'),
    // The page says AccessDeniedException.
    ...from(`${reports}/sassoftware/viya4-iac-aws/pull/108`, 403, 'AccessDenied'),
    // The page says ThrottlingException.
    ...from(`${reports}/keikoproj/upgrade-manager/issues/142`, 400, 'Throttling'),
  },
  dynamodb: {
    ...from(
      `${docs}/amazondynamodb/latest/developerguide/Programming.Errors.html`,
      400,
      'ValidationException',
      'AccessDeniedException',
    ),
  },
  ec2: {
    ...from(
      ec2,
      400,
      'FilterLimitExceeded',
      'IdempotentParameterMismatch',
      'InvalidAMIID.NotFound',
      'InvalidInstanceID.NotFound',
      'InvalidLaunchTemplateId.NotFound',
      'InvalidLaunchTemplateId.VersionNotFound',
      'InvalidNextToken',
      'InvalidSnapshot.InUse',
      'InvalidSnapshot.NotFound',
    ),
    ...from(ec2, 500, 'InternalError'),
    ...from(
      `${reports}/hashicorp/terraform-provider-aws/issues/4664`,
      403,
      'UnauthorizedOperation',
    ),
    // The page puts it among the errors with a status of 4xx.
    ...from(`${reports}/CloudSnorkel/cdk-github-runners/issues/946`, 503, 'RequestLimitExceeded'),
  },
  elasticloadbalancing: {
    ...from(elb, 400, 'ValidationError'),
    ...from(elb, 500, 'InternalFailure'),
    // The page says AccessDeniedException.
    ...from(
      `${reports}/aws-samples/multi-tenant-chatbot-using-rag-with-amazon-bedrock/issues/17`,
      403,
      'AccessDenied',
    ),
    // The page says ThrottlingException.
    ...from(
      `${reports}/kubernetes-sigs/aws-load-balancer-controller/issues/1871`,
      400,
      'Throttling',
    ),
  },
  route53: {
    ...from(
      `${docs}/Route53/latest/DeveloperGuide/throttling-api-requests.html`,
      400,
      'Throttling',
    ),
    ...from(route53, 500, 'InternalFailure'),
    ...from(`${reports}/cert-manager/cert-manager/issues/6308`, 403, 'AccessDenied'),
  },
  s3: {
    ...from(s3, 403, 'AccessDenied'),
    ...from(s3, 503, 'SlowDown'),
    ...from(s3, 500, 'InternalError'),
  },
  ssm: {
    ...from(`${reports}/anomalyco/sst/issues/4063`, 400, 'ThrottlingException'),
    ...from(
      `${reports}/github-aws-runners/terraform-aws-github-runner/issues/1279`,
      400,
      'AccessDeniedException',
    ),
    ...from(`${reports}/DefangLabs/defang/issues/348`, 400, 'ValidationException'),
  },
  states: {
    ...from(stepFunctions, 400, 'ThrottlingException', 'AccessDeniedException'),
    ...from(stepFunctions, 500, 'InternalFailure'),
  },
};
