import { ResourceContentionFault } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  callAws,
  isClosedHook,
  isTransient,
  isUnmanagedInstance,
  nameError,
} from '../../../functions/adapters/aws/errors.ts';
import { NamedFailure } from '../../../functions/domain/failures.ts';
import { longHostileText } from '../../hostile/texts.ts';
import { anyJson } from '../../hostile/values.ts';

const awsError = (name: string, fields: object = {}): Error =>
  Object.assign(new Error('what AWS said'), { name }, fields);

const status = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } });

describe('an error of AWS', () => {
  test.each([
    ['throttling of Auto Scaling', awsError('Throttling', status(400))],
    ['throttling of Systems Manager', awsError('ThrottlingException', status(400))],
    ['throttling of EC2', awsError('RequestLimitExceeded', status(503))],
    ['throttling of DynamoDB', awsError('ProvisionedThroughputExceededException')],
    ['throttling of DynamoDB by a limit', awsError('LimitExceededException', status(400))],
    ['throttling of EC2 behind another service', awsError('EC2ThrottledException')],
    ['concurrent writes of a parameter', awsError('TooManyUpdates', status(400))],
    ['an overloaded EC2, without a status', awsError('Unavailable')],
    ['an internal failure, without a status', awsError('InternalFailure')],
    ['a name nobody knows with status 429', awsError('Odd', status(429))],
    ['contention, by its class', new ResourceContentionFault({ message: '', $metadata: {} })],
    ['contention, by its code on the wire', awsError('Error', { Code: 'ResourceContention' })],
    ['a scaling activity in progress', awsError('ScalingActivityInProgressFault')],
    ['a Route 53 change under way', awsError('PriorRequestNotComplete', status(400))],
    ['an internal error of a service', awsError('InternalServerError', status(500))],
    ['a name nobody knows with status 500', awsError('Odd', status(500))],
    ['a request that timed out', awsError('TimeoutError')],
    ['a host that is out of reach', awsError('Error', { code: 'EHOSTUNREACH' })],
    ['a reset connection', awsError('Error', { code: 'ECONNRESET' })],
    ['a name that did not resolve', awsError('Error', { code: 'EAI_AGAIN' })],
    ['what the SDK marks retryable', awsError('Odd', { $retryable: { throttling: false } })],
  ])('is transient: %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
    expect(nameError('Op', 'thing', error).name).toBe('AwsUnavailable');
  });

  test.each([
    ['AccessDenied', 403],
    ['AccessDeniedException', 400],
    ['UnauthorizedOperation', 403],
  ])('forbids: %s', (name, code) => {
    const error = awsError(name, status(code));

    expect(isTransient(error)).toBe(false);
    expect(nameError('Op', 'thing', error).name).toBe('AwsForbids');
  });

  test.each([
    ['a validation', awsError('ValidationError', status(400))],
    ['a missing image', awsError('InvalidAMIID.NotFound', status(400))],
    ['a request that was given up', awsError('AbortError')],
    ['a name that nobody knows', awsError('Odd', status(400))],
    ['a changed idempotent request', awsError('IdempotentParameterMismatch', status(400))],
    ['something that is no error', 'a string'],
  ])('is a refusal: %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
    expect(nameError('Op', 'thing', error).name).toBe('AwsRefused');
  });

  test('becomes a failure that names operation, resource and cause', async () => {
    const error = awsError('ValidationError');

    const failure = await callAws('EnterStandby', 'i-1', () => Promise.reject(error)).catch(
      (reason: unknown) => reason,
    );

    expect(failure).toBeInstanceOf(NamedFailure);
    expect((failure as NamedFailure).message).toMatch(/EnterStandby.*i-1.*ValidationError/);
    expect((failure as NamedFailure).cause).toBe(error);
  });

  test('becomes a failure of bounded length, whatever it holds', () => {
    const error = fc.oneof(
      anyJson,
      fc
        .record({
          name: fc.constantFrom('ValidationError', 'ThrottlingException', '__proto__', ''),
          message: longHostileText,
          Code: anyJson,
          code: fc.constantFrom('ECONNRESET', 5, null),
          $metadata: fc.oneof(anyJson, fc.record({ httpStatusCode: fc.integer() })),
        })
        .map((fields) => Object.assign(new Error('what AWS said'), fields)),
    );
    fc.assert(
      fc.property(error, (thrown) => {
        const { name, message } = nameError('Op', 'thing', thrown);
        expect(['AwsRefused', 'AwsUnavailable']).toContain(name);
        expect(message.length).toBeLessThan(5000);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the name that it has already', () => {
    const failure = new NamedFailure('UnexpectedAnswer', 'odd');

    expect(nameError('Op', 'thing', failure)).toBe(failure);
  });

  test('tells a closed hook and a gone instance from other validation errors', () => {
    const saying = (message: string) =>
      Object.assign(new Error(message), { name: 'ValidationError' });
    const hook = saying('No active Lifecycle Action found with instance ID i-1');
    const gone = saying('Instance Id not found - No managed instance found for instance ID: i-1');
    const other = saying('Currently, desiredSize equals minSize (1).');

    expect([hook, gone, other].map(isClosedHook)).toEqual([true, false, false]);
    expect([hook, gone, other].map(isUnmanagedInstance)).toEqual([false, true, false]);
  });
});
