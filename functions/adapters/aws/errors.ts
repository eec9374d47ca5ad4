import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { NamedFailure } from '../../domain/failures.ts';

/**
 * The meaning of AWS errors. An error has two names: `name`, the SDK's class for errors in the service model
 * (`ResourceContentionFault`), and `Code`, as it was sent over the wire (`ResourceContention`). The sets below
 * and the SDK's own tables tell meanings apart; any other error is a refusal.
 */

/** Auto Scaling is working on the group, perhaps on the very change that was requested. */
const busyCodes: ReadonlySet<string> = new Set([
  // Service model of Auto Scaling.
  'ResourceContention',
  'ResourceContentionFault',
  'ScalingActivityInProgress',
  'ScalingActivityInProgressFault',
]);

/** Codes missing from the SDK's own tables, each with the place that documents it. */
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

/**
 * AWS knows the call and does not allow it: `UnauthorizedOperation` in "Client error codes" of the EC2 API reference,
 * the others in "Common Errors" of the API reference of every other service, which differ in how they spell it.
 */
const forbiddenCodes: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
]);

const goneCodes = {
  image: new Set(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable']),
  snapshot: new Set(['InvalidSnapshot.NotFound']),
  parameter: new Set(['ParameterNotFound']),
  execution: new Set(['ExecutionDoesNotExist']),
  object: new Set(['NoSuchKey']),
  launchTemplate: new Set(['InvalidLaunchTemplateId.NotFound']),
  managedNode: new Set(['InvalidInstanceId']),
  invocation: new Set(['InvocationDoesNotExist']),
} as const satisfies Record<string, ReadonlySet<string>>;

/** For `ResponseError.Code` in the response of DeleteLaunchTemplateVersions. */
const goneTemplateVersionCodes: ReadonlySet<string> = new Set([
  'launchTemplateVersionDoesNotExist',
  'launchTemplateIdDoesNotExist',
]);

/** "Client error codes" in the EC2 API reference: the snapshot of an image that is still registered. */
const snapshotInUseCodes: ReadonlySet<string> = new Set(['InvalidSnapshot.InUse']);

const conditionCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailedException']);

/** Auto Scaling reports all of these with the code `ValidationError`; only the messages differ. */
const validationCodes: ReadonlySet<string> = new Set(['ValidationError']);
const closedHookSentence = /No active Lifecycle Action found/i;
const unmanagedInstanceSentence = /Instance Id not found|No managed instance found/i;

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const codesOf = (error: unknown): readonly string[] =>
  ['name', 'Code', 'code']
    .map((name) => field(error, name))
    .filter((code) => typeof code === 'string');

/** When an HTML page comes instead of an API response, its beginning is enough. */
const longestMessage = 1000;

const messageOf = (error: unknown): string => {
  const message = field(error, 'message') ?? error;
  return typeof message === 'string' ? message.slice(0, longestMessage) : 'no message';
};

const hasCode = (error: unknown, codes: ReadonlySet<string>): boolean =>
  codesOf(error).some((code) => codes.has(code));

const statusOf = (error: unknown): number =>
  Number(field(field(error, '$metadata'), 'httpStatusCode'));

/** Whether the SDK retries this code: throttling, time-outs and lost connections. */
const isRetriedBySdk = (code: string): boolean => {
  const error = { name: code, code, message: '' };
  return isThrottlingError(error) || isTransientError(error);
};

/** The outcome is uncertain, or AWS asks to retry later. */
export const isTransient = (error: unknown): boolean =>
  codesOf(error).some(isRetriedBySdk) ||
  hasCode(error, otherTransientCodes) ||
  field(error, '$retryable') !== undefined ||
  statusOf(error) === 429 ||
  statusOf(error) >= 500;

/** The requested resource does not exist (any more). */
export const isGone = (error: unknown, what: keyof typeof goneCodes): boolean =>
  hasCode(error, goneCodes[what]);

export const isGoneTemplateVersion = (code: string | undefined): boolean =>
  code !== undefined && goneTemplateVersionCodes.has(code);

export const isSnapshotInUse = (error: unknown): boolean => hasCode(error, snapshotInUseCodes);

export const isConditionFailed = (error: unknown): boolean => hasCode(error, conditionCodes);

/** The role lacks a permission, or a policy of the account or of its organization denies it. */
export const isForbidden = (error: unknown): boolean => hasCode(error, forbiddenCodes);

export const isBusy = (error: unknown): boolean => hasCode(error, busyCodes);

export const isValidationError = (error: unknown): boolean => hasCode(error, validationCodes);

export const isClosedHook = (error: unknown): boolean =>
  isValidationError(error) && closedHookSentence.test(messageOf(error));

export const isUnmanagedInstance = (error: unknown): boolean =>
  isValidationError(error) && unmanagedInstanceSentence.test(messageOf(error));

/** Turns an AWS error into a named failure. An error that is a named failure already is kept. */
export const nameError = (operation: string, resource: string, error: unknown): NamedFailure => {
  if (error instanceof NamedFailure) return error;
  const said = `${codesOf(error).at(-1) ?? 'Error'}: ${messageOf(error)}`;
  const call = `${operation} for ${resource}`;
  const options = { cause: error };
  if (isForbidden(error))
    return new NamedFailure('AwsForbids', `${call} is not allowed (${said})`, options);
  return isTransient(error)
    ? new NamedFailure('AwsUnavailable', `${call}: outcome unknown (${said})`, options)
    : new NamedFailure('AwsRefused', `${call} was refused (${said})`, options);
};

/** Makes one AWS call and turns its error into a named failure. */
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

/** As `callAws`, but for an error that `expected` accepts, returns `instead`. */
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
