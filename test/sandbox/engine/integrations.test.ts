import { describe, expect, test } from '@jest/globals';
import { observeAwsCalls } from '../../../sandbox/aws/aws-calls.ts';
import { type Interpretation, SimulatedExecution } from '../../../sandbox/engine/execution.ts';
import {
  asOutput,
  asRequest,
  integrationError,
  nestedOutput,
} from '../../../sandbox/engine/integrations.ts';
import { taskErrors } from '../../service-models/task-errors.ts';

test('a request of a state machine has the names of the service', () => {
  const variables = [{ Name: 'FLEET', Value: 'Europe' }];

  expect(asRequest({ ProjectName: 'Bake', EnvironmentVariablesOverride: variables })).toEqual({
    projectName: 'Bake',
    environmentVariablesOverride: [{ name: 'FLEET', value: 'Europe' }],
  });
});

test('an answer has capitals, instants as numbers, and nothing that is absent', () => {
  const build = { id: 'b', startTime: new Date(1000), buildComplete: true, logs: undefined };

  expect(asOutput({ build })).toEqual({
    Build: { Id: 'b', StartTime: 1000, BuildComplete: true },
  });
});

test.each([
  ['DynamoDB', 'ConditionalCheckFailedException', 'ConditionalCheckFailedException'],
  ['DynamoDB', 'InternalServerError', 'InternalServerErrorException'],
  ['DynamoDB', 'ValidationException', 'AmazonDynamoDBException'],
  ['DynamoDB', 'TimeoutError', 'SdkClientException'],
  ['Lambda', 'AccessDeniedException', 'AWSLambdaException'],
  ['CodeBuild', 'AccessDeniedException', 'AWSCodeBuildException'],
  ['StepFunctions', 'ExecutionAlreadyExists', 'ExecutionAlreadyExistsException'],
] as const)('%s: %s reaches the state machine as %s', (service, name, expected) => {
  const error = integrationError(service, Object.assign(new Error('no'), { name }));

  expect(error).toMatchObject({ name: `${service}.${expected}`, message: 'no' });
  expect(taskErrors()).toContain(error.name);
});

describe('a nested execution', () => {
  const arn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:rebuild-proxy';
  const execution = (): SimulatedExecution =>
    new SimulatedExecution(
      {
        machine: 'rebuild-proxy',
        stateMachineArn: arn,
        name: 'one',
        input: { proxy: 'p1' },
        interrupted: null,
      },
      { kernel: { now: () => 1000 } } as Interpretation,
    );
  const described = {
    ExecutionArn: 'arn:aws:states:eu-central-1:123456789012:execution:rebuild-proxy:one',
    StateMachineArn: arn,
    Name: 'one',
    StartDate: 1000,
    Input: { proxy: 'p1' },
  };

  test('gives its description, with its data as they are', () => {
    const ended = Object.assign(execution(), {
      status: 'SUCCEEDED',
      stoppedAt: new Date(2000),
      output: { isRebuilt: true },
    });

    const output = { Status: 'SUCCEEDED', StopDate: 2000, Output: { isRebuilt: true } };
    expect(nestedOutput(ended)).toEqual({ ...described, ...output });
  });

  test('gives its error', () => {
    const error = { name: 'FenceBroken', cause: 'two answered' };
    const ended = Object.assign(execution(), { status: 'FAILED', error });

    const output = { Status: 'FAILED', Error: 'FenceBroken', Cause: 'two answered' };
    expect(nestedOutput(ended)).toEqual({ ...described, ...output });
  });

  test('can be observed as it is described over the API', () => {
    const observed: unknown[] = [];
    const stop = observeAwsCalls((call) => observed.push(call));
    nestedOutput(execution());
    stop();

    expect(observed).toMatchObject([
      {
        service: 'states',
        operation: 'DescribeExecution',
        input: { executionArn: described.ExecutionArn },
        answer: { name: 'one', input: '{"proxy":"p1"}', startDate: new Date(1000) },
      },
    ]);
  });
});
