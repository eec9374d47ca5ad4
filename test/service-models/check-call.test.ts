import { describe, expect, test } from '@jest/globals';
import type { AnsweredCall as Call } from '../../sandbox/aws/aws-calls.ts';
import { AwsError } from '../../sandbox/aws/aws-error.ts';
import { checkCall } from './check-call.ts';

const stateMachineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:rebuild-fleet';
const executionArn = 'arn:aws:states:eu-central-1:123456789012:execution:rebuild-fleet:one';

const start: Call = {
  service: 'states',
  operation: 'StartExecution',
  input: { stateMachineArn, name: 'one', input: '{}' },
  answer: { $metadata: { httpStatusCode: 200 }, executionArn, startDate: new Date(0) },
};

const starting = (input: object): Call => ({ ...start, input: { ...start.input, ...input } });
const answering = (answer: object): Call => ({
  ...start,
  answer: { ...Object(start.answer), ...answer },
});
const failing = (error: unknown): Call => ({ ...start, answer: undefined, error });

const call = (service: string, operation: string, input: object, answer: object = {}): Call => ({
  service,
  operation,
  input,
  answer,
});

const suspend = (ScalingProcesses: unknown): Call =>
  call('autoscaling', 'SuspendProcesses', { AutoScalingGroupName: 'g', ScalingProcesses });
const command = (input: object): Call =>
  call('ssm', 'SendCommand', { DocumentName: 'AWS-RunShellScript', ...input });
const putItem = (Item: unknown): Call => call('dynamodb', 'PutItem', { TableName: 't', Item });

describe('a call as AWS models it', () => {
  test.each<[string, Call]>([
    ['a start', start],
    ['absent members that are not required', starting({ name: undefined, input: undefined })],
    ['a list', suspend(['Launch', 'Terminate'])],
    ['a map of structures', putItem({ id: { S: 'one' }, size: { N: '1' } })],
    [
      'a stream',
      call('s3', 'GetObject', { Bucket: 'b', Key: 'k' }, { Body: { pipe: () => null } }),
    ],
    ['an error of the operation', failing(new AwsError('InvalidName', 'no'))],
    ['an error of the service', failing(new AwsError('ThrottlingException', 'slower'))],
    [
      'an error whose name is not its code',
      {
        ...suspend([]),
        error: new AwsError('ResourceInUse', 'busy', { name: 'ResourceInUseFault' }),
      },
    ],
    ['no answer at all', failing(Object.assign(new Error('lost'), { name: 'TimeoutError' }))],
  ])('is no problem: %s', (_, one) => {
    expect(checkCall(one)).toEqual([]);
  });
});

describe('what AWS would refuse is found', () => {
  test.each<[string, Call, string]>([
    [
      'a text that is too long',
      starting({ name: 'x'.repeat(81) }),
      'states.StartExecution request.name: its length is 81, at most 80 is allowed',
    ],
    [
      'a text that is too short',
      starting({ name: '' }),
      'states.StartExecution request.name: its length is 0, at least 1 is allowed',
    ],
    [
      'a missing member',
      starting({ stateMachineArn: undefined }),
      'states.StartExecution request.stateMachineArn: is required',
    ],
    [
      'a member that there is not',
      starting({ Name: 'one' }),
      'states.StartExecution request.Name: the model knows no such member',
    ],
    [
      'a value of another type',
      starting({ input: { proxy: 'p1' } }),
      'states.StartExecution request.input: {"proxy":"p1"} is not a string',
    ],
    ['null', starting({ name: null }), 'states.StartExecution request.name: null is not a string'],
    [
      'a value outside of an enum',
      call('ssm', 'PutParameter', { Name: '/p', Value: 'v', Type: 'Text' }),
      'ssm.PutParameter request.Type: "Text" is not in the enum',
    ],
    [
      'a text that does not match its pattern',
      command({ DocumentName: 'a b' }),
      'ssm.SendCommand request.DocumentName: "a b" does not match',
    ],
    [
      'a pattern inside of a list',
      command({ InstanceIds: ['i-0123456789abcdef0', 'i-1'] }),
      'ssm.SendCommand request.InstanceIds[1]: "i-1" does not match',
    ],
    [
      'a list that is too long',
      command({ InstanceIds: Array(51).fill('i-0123456789abcdef0') }),
      'ssm.SendCommand request.InstanceIds: its size is 51, at most 50 is allowed',
    ],
    [
      'what is no list',
      suspend('Launch'),
      'autoscaling.SuspendProcesses request.ScalingProcesses: "Launch" is not a list',
    ],
    [
      'a number that is too small',
      command({ TimeoutSeconds: 29 }),
      'ssm.SendCommand request.TimeoutSeconds: it is 29, at least 30 is allowed',
    ],
    [
      'a number that is not whole',
      command({ TimeoutSeconds: 30.5 }),
      'ssm.SendCommand request.TimeoutSeconds: 30.5 is not a whole number',
    ],
    [
      'a wrong value inside of a map',
      putItem({ id: { S: 7 } }),
      'dynamodb.PutItem request.Item.id.S: 7 is not a string',
    ],
    ['what is no map', putItem([]), 'dynamodb.PutItem request.Item: [] is not a map'],
    [
      'what is no structure',
      putItem({ id: 'one' }),
      'dynamodb.PutItem request.Item.id: "one" is not a structure',
    ],
  ])('%s', (_, one, problem) => {
    expect(checkCall(one)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('what AWS would not answer is found', () => {
  test.each<[string, Call, string]>([
    [
      'an answer without a member',
      answering({ startDate: undefined }),
      'states.StartExecution answer.startDate: is required',
    ],
    [
      'an answer of another type',
      answering({ startDate: 'now' }),
      'states.StartExecution answer.startDate: "now" is not a timestamp',
    ],
    [
      'an answer where none is given',
      { ...suspend([]), answer: { Activities: [] } },
      'autoscaling.SuspendProcesses answer: there is none',
    ],
    [
      'an error that the operation does not have',
      failing(new AwsError('NoSuchKey', 'no')),
      'states.StartExecution error NoSuchKey: is not known of this operation',
    ],
    [
      'an error of another operation of the service',
      failing(new AwsError('ExecutionDoesNotExist', 'no')),
      'states.StartExecution error ExecutionDoesNotExist: is not known of this operation',
    ],
    [
      'an error by its code instead of its name',
      { ...suspend([]), error: new AwsError('ResourceInUse', 'busy') },
      'autoscaling.SuspendProcesses error ResourceInUse: is not known of this operation',
    ],
    [
      'an error with another code',
      { ...suspend([]), error: new AwsError('Busy', 'busy', { name: 'ResourceInUseFault' }) },
      'autoscaling.SuspendProcesses error ResourceInUseFault: its code is ResourceInUse, not Busy',
    ],
    [
      'an error with another status',
      failing(new AwsError('InvalidName', 'no', { status: 404 })),
      'states.StartExecution error InvalidName: its status is 400, not 404',
    ],
    [
      'an error that the sandbox did not mean to give',
      failing(new TypeError('x is not a function')),
      'states.StartExecution error TypeError: is not known of this operation',
    ],
    [
      'an operation whose model was not taken',
      { ...start, operation: 'RedriveExecution' },
      'states.RedriveExecution: is not in models.json; run npm run service-models',
    ],
    [
      'a service whose model was not taken',
      { ...start, service: 'sqs' },
      'sqs.StartExecution: is not in models.json; run npm run service-models',
    ],
  ])('%s', (_, one, problem) => {
    expect(checkCall(one)).toEqual([problem]);
  });

  test('every problem of a call at once', () => {
    expect(checkCall({ ...starting({ name: '', Name: 'one' }), answer: {} })).toHaveLength(4);
  });
});
