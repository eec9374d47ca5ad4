import { describe, expect, test } from '@jest/globals';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { errorNames } from '../../../statemachine/error-names.ts';
import { retries } from '../../../statemachine/retries.ts';

interface Told {
  readonly attempts: number;
  readonly caught: string | undefined;
}

/** Runs a task whose first attempt fails by that name, with the pauses left out. */
const failOnce = async (name: string, Retry: object): Promise<Told> => {
  const task = { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:1:function:one', Retry };
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'End' }];
  const definition = {
    StartAt: 'One',
    States: { One: { ...task, Catch, Next: 'End' }, End: { Type: 'Succeed' } },
  };
  let attempts = 0;
  const machine = new StateMachine(definition as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const { result } = machine.run(
    {},
    {
      overrides: {
        retryIntervalOverrides: { One: 0 },
        taskResourceLocalHandlers: {
          One: async () => {
            attempts += 1;
            if (attempts === 1) throw Object.assign(new Error('no'), { name });
            return {};
          },
        },
      },
    },
  );
  const { caught } = (await result) as { readonly caught?: { readonly Error: string } };
  return { attempts, caught: caught?.Error };
};

const { functionLost } = errorNames;
const passing = [
  ...Object.values(functionLost).flat(),
  'States.Timeout',
  'TimeoutError',
  'AwsUnavailable',
  'Lambda.ENINotReadyException',
  'NamedByAwsSince',
];
const lasting = ['LockLost', 'AwsForbids', 'AwsRefused', 'SyncFailed', 'TypeError'];

describe('the interpreter runs a step', () => {
  test.each(passing)('again after %s', async (name) => {
    expect(await failOnce(name, retries.step)).toEqual({ attempts: 2, caught: undefined });
  });

  test.each(lasting)('never again after %s', async (name) => {
    expect(await failOnce(name, retries.step)).toEqual({ attempts: 1, caught: name });
  });
});

describe('the interpreter runs a step of a rollback', () => {
  test('again after a permission was denied, which an administrator can give back', async () => {
    expect(await failOnce('AwsForbids', retries.rollback)).toEqual({
      attempts: 2,
      caught: undefined,
    });
  });

  test('never again after a refusal', async () => {
    expect(await failOnce('AwsRefused', retries.rollback)).toEqual({
      attempts: 1,
      caught: 'AwsRefused',
    });
  });
});

describe('the interpreter takes a lock', () => {
  test('again after whatever DynamoDB calls being busy', async () => {
    const name = 'DynamoDB.AmazonDynamoDBException';

    expect(await failOnce(name, retries.lock)).toEqual({ attempts: 2, caught: undefined });
  });

  test('once when its condition is refused', async () => {
    const name = errorNames.conditionFailed;

    expect(await failOnce(name, retries.lock)).toEqual({ attempts: 1, caught: name });
  });
});

test('the interpreter starts a rebuild once that has failed itself', async () => {
  const name = 'States.TaskFailed';

  expect(await failOnce(name, retries.nested)).toEqual({ attempts: 1, caught: name });
});
