import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { NamedFailure } from '../../domain/failures.ts';

/**
 * What the errors of AWS mean. An error carries two names: `name`, which is the SDK's class for errors that
 * the service model knows (`ResourceContentionFault`), and `Code`, which is what came over the wire
 * (`ResourceContention`). Only the sets below and the SDK's own tables tell meanings apart; what is in none of
 * them is a refusal.
 */

/** Auto Scaling is at work on the group, perhaps on the very thing that was asked for. */
const busyCodes: ReadonlySet<string> = new Set([
  // Service model of Auto Scaling.
  'ResourceContention',
  'ResourceContentionFault',
  'ScalingActivityInProgress',
  'ScalingActivityInProgressFault',
]);

/** What the SDK's own tables lack, each with the place that documents it. */
const otherTransientCodes: ReadonlySet<string> = new Set([
  ...busyCodes,
  // Service model of Auto Scaling.
  'IdempotentCallInProgress',
  'IdempotentCallInProgressFault',
  // Service model of Systems Manager, PutParameter.
  'TooManyUpdates',
  // Service models of DynamoDB and Systems Manager.
  'InternalServerError',
  // "Common Errors" in the API reference of every service.
  'InternalFailure',
  'ServiceUnavailable',
  // "Server error codes" in the EC2 API reference; InternalError also in "Error responses" of S3.
  'InternalError',
  'ServerInternal',
  'Unavailable',
]);

const goneCodes = {
  image: new Set(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable']),
  snapshot: new Set(['InvalidSnapshot.NotFound']),
  parameter: new Set(['ParameterNotFound']),
  execution: new Set(['ExecutionDoesNotExist']),
  object: new Set(['NoSuchKey']),
  launchTemplate: new Set(['InvalidLaunchTemplateId.NotFound']),
  managedNode: new Set(['InvalidInstanceId']),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Of `ResponseError.Code` in the answer of DeleteLaunchTemplateVersions. */
const goneTemplateVersionCodes: ReadonlySet<string> = new Set([
  'launchTemplateVersionDoesNotExist',
  'launchTemplateIdDoesNotExist',
]);

const conditionCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailedException']);

/** Auto Scaling says all of this with one code, `ValidationError`: only its sentences differ. */
const validationCodes: ReadonlySet<string> = new Set(['ValidationError']);
const closedHookSentence = /No active Lifecycle Action found/i;
const unmanagedInstanceSentence = /Instance Id not found|No managed instance found/i;

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const codesOf = (error: unknown): readonly string[] =>
  ['name', 'Code', 'code']
    .map((name) => field(error, name))
    .filter((code) => typeof code === 'string');

/** Of a page of HTML that came instead of an answer, the beginning is enough. */
const longestMessage = 1000;

const messageOf = (error: unknown): string => {
  const message = field(error, 'message') ?? error;
  return typeof message === 'string' ? message.slice(0, longestMessage) : 'no message';
};

const hasCode = (error: unknown, codes: ReadonlySet<string>): boolean =>
  codesOf(error).some((code) => codes.has(code));

const statusOf = (error: unknown): number =>
  Number(field(field(error, '$metadata'), 'httpStatusCode'));

/** Whether the SDK retries on this code: throttling, time-outs and lost connections. */
const isRetriedBySdk = (code: string): boolean => {
  const error = { name: code, code, message: '' };
  return isThrottlingError(error) || isTransientError(error);
};

/** Nothing certain came back, or AWS asks to come back later. */
export const isTransient = (error: unknown): boolean =>
  codesOf(error).some(isRetriedBySdk) ||
  hasCode(error, otherTransientCodes) ||
  field(error, '$retryable') !== undefined ||
  statusOf(error) === 429 ||
  statusOf(error) >= 500;

/** The thing that was asked for is not there (any more). */
export const isGone = (error: unknown, what: keyof typeof goneCodes): boolean =>
  hasCode(error, goneCodes[what]);

export const isGoneTemplateVersion = (code: string | undefined): boolean =>
  code !== undefined && goneTemplateVersionCodes.has(code);

export const isConditionFailed = (error: unknown): boolean => hasCode(error, conditionCodes);

export const isBusy = (error: unknown): boolean => hasCode(error, busyCodes);

export const isValidationError = (error: unknown): boolean => hasCode(error, validationCodes);

export const isClosedHook = (error: unknown): boolean =>
  isValidationError(error) && closedHookSentence.test(messageOf(error));

export const isUnmanagedInstance = (error: unknown): boolean =>
  isValidationError(error) && unmanagedInstanceSentence.test(messageOf(error));

/** The failure that an error of AWS is to the steps. What has a name already keeps it. */
export const nameError = (operation: string, resource: string, error: unknown): NamedFailure => {
  if (error instanceof NamedFailure) return error;
  const said = `${codesOf(error).at(-1) ?? 'Error'}: ${messageOf(error)}`;
  return isTransient(error)
    ? new NamedFailure(
        'AwsUnavailable',
        `${operation} for ${resource} got no certain answer (${said})`,
        { cause: error },
      )
    : new NamedFailure('AwsRefused', `${operation} for ${resource} was refused (${said})`, {
        cause: error,
      });
};

/** Runs one call of AWS and gives its error a name. */
export const callAws = async <Answer>(
  operation: string,
  resource: string,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await call();
  } catch (error) {
    throw nameError(operation, resource, error);
  }
};

/** As `callAws`, but an error that `expected` accepts is the answer `instead`. */
export const callAwsUnless = async <Answer, Instead>(
  operation: string,
  resource: string,
  call: () => Promise<Answer>,
  expected: (error: unknown) => boolean,
  instead: Instead,
): Promise<Answer | Instead> => {
  try {
    return await call();
  } catch (error) {
    if (expected(error)) return instead;
    throw nameError(operation, resource, error);
  }
};
