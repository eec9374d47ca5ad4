import { describe, expect, test } from '@jest/globals';
import { elbBalancer } from '../../../functions/adapters/aws/elb-balancer.ts';
import { allPages } from '../../../functions/adapters/aws/pages.ts';
import { route53Dns } from '../../../functions/adapters/aws/route53-dns.ts';
import { readSecret } from '../../../functions/adapters/aws/ssm-secrets.ts';
import { stepFunctionsExecutions } from '../../../functions/adapters/aws/step-functions-executions.ts';
import { expectFailure, failureOf } from '../../contracts/failure.ts';

const answering = (answer: object) => ({ send: async () => answer as never });
const failing = (name: string, message = 'no') => ({
  send: () => Promise.reject(Object.assign(new Error(message), { name })),
});

const target = (Id: string, State: string | undefined, Reason?: string) => ({
  Target: { Id, Port: 443 },
  TargetHealth: { State, Reason },
});

describe('the load balancer adapter', () => {
  const stateOf = async (...TargetHealthDescriptions: object[]) => {
    const balancer = elbBalancer(answering({ TargetHealthDescriptions }));
    return (await balancer.targetHealth(['arn:1'], 'i-1'))[0]?.state;
  };

  test('never makes a missing answer healthy', async () => {
    expect(await stateOf()).toBe('absent');
    expect(await stateOf(target('i-2', 'healthy'))).toBe('absent');
    expect(await stateOf(target('i-1', 'unused', 'Target.NotRegistered'))).toBe('absent');
    await expectFailure(stateOf(target('i-1', undefined)), 'UnexpectedAnswer', 'i-1');
    await expectFailure(stateOf(target('i-1', 'splendid')), 'UnexpectedAnswer', 'splendid');
  });

  test('takes the worse word when an instance is registered twice', async () => {
    expect(await stateOf(target('i-1', 'healthy'), target('i-1', 'unhealthy'))).toBe('unhealthy');
  });

  test('keeps a target group that is not in use apart from an absent target', async () => {
    expect(await stateOf(target('i-1', 'unused', 'Target.NotInUse'))).toBe('unused');
  });
});

describe('the Route 53 adapter', () => {
  const record = (fields: object) => ({
    ResourceRecordSets: [{ Name: 'control.example.com.', Type: 'A', ...fields }],
  });
  const read = (answer: object, name = 'Control.example.com') =>
    route53Dns(answering(answer)).readAddress('Z1', name);

  test('reads a name whatever its case and final dot', async () => {
    expect(await read(record({ ResourceRecords: [{ Value: '10.0.0.1' }] }))).toBe('10.0.0.1');
  });

  test('stops at a record that is no plain address', async () => {
    await expectFailure(read(record({ AliasTarget: {} })), 'UnexpectedAnswer', 'exactly one');
    const two = record({ ResourceRecords: [{ Value: '10.0.0.1' }, { Value: '10.0.0.2' }] });
    await expectFailure(read(two), 'UnexpectedAnswer', 'exactly one');
  });
});

describe('the secrets adapter', () => {
  test('reads a value', async () => {
    const answer = { Parameters: [{ Name: '/token', Value: 'hidden' }] };

    expect(await readSecret(answering(answer), '/token')).toBe('hidden');
  });

  test('names the parameter that is missing or empty', async () => {
    const missing = readSecret(answering({ InvalidParameters: ['/token'] }), '/token');
    await expectFailure(missing, 'AwsRefused', '/token');

    const none = { Parameters: [{ Name: '/token', Value: '' }] };
    const empty = readSecret(answering(none), '/token');
    await expectFailure(empty, 'UnexpectedAnswer', '/token');
  });
});

describe('the Step Functions adapter', () => {
  test('takes an execution that waits for its redrive for running', async () => {
    const executions = stepFunctionsExecutions(answering({ status: 'PENDING_REDRIVE' }));

    expect(await executions.isRunning('arn')).toBe(true);
  });

  test('does not take an error for the end of an execution', async () => {
    const executions = stepFunctionsExecutions(failing('ThrottlingException'));

    expect((await failureOf(executions.isRunning('arn'))).name).toBe('AwsUnavailable');
  });
});

describe('a list of pages', () => {
  test('does not run forever when a service repeats its page', async () => {
    const pages = allPages('The list', async () => ({ elements: [1], next: 'same' }));

    await expectFailure(pages, 'UnexpectedAnswer', 'The list');
  });
});
