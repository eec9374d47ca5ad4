import { describe, expect, test } from '@jest/globals';
import { readRequest } from '../../functions/steps/read-request.ts';
import { expectFailure } from '../contracts/failure.ts';
import { aProxyAtRest } from './a-rebuild.ts';
import { perform } from './in-memory-ports.ts';

describe('a request', () => {
  test('is read before anything is touched', async () => {
    const world = aProxyAtRest();

    expect(await perform(world, readRequest, { request: { proxy: 'berlin' } })).toMatchObject({
      proxy: 'berlin',
      reason: 'manual',
    });
    expect(world.writes).toBe(0);
  });

  test.each<[string, unknown, string]>([
    [
      'for an unknown proxy',
      { proxy: 'rome' },
      'fleet europe has no proxy "rome". Proxies: berlin',
    ],
    ['without a proxy', {}, 'proxy: is missing'],
  ])('%s is refused', async (_name, request, text) => {
    await expectFailure(perform(aProxyAtRest(), readRequest, { request }), 'BadRequest', text);
  });
});

describe('a rollback that names only the interrupted execution', () => {
  const rollback = (interrupted: string) => ({
    reason: 'rollback',
    attempt: '1 of 3',
    interrupted,
  });
  const read = (inputs: Readonly<Record<string, string>>, interrupted: string) => {
    const world = aProxyAtRest();
    for (const [arn, input] of Object.entries(inputs)) world.inputs.set(arn, input);
    return perform(world, readRequest, { request: rollback(interrupted) });
  };

  test('is about the proxy of that execution', async () => {
    expect(await read({ 'arn:one': '{"proxy": "berlin"}' }, 'arn:one')).toEqual({
      proxy: 'berlin',
      reason: 'rollback',
      imageId: null,
      instanceId: null,
      interrupted: 'arn:one',
    });
  });

  test('follows rollbacks to the rebuild', async () => {
    const inputs = {
      'arn:rebuild': '{"proxy": "berlin", "reason": "scheduled"}',
      'arn:first': JSON.stringify(rollback('arn:rebuild')),
      'arn:second': JSON.stringify(rollback('arn:first')),
    };

    expect(await read(inputs, 'arn:second')).toMatchObject({
      proxy: 'berlin',
      interrupted: 'arn:second',
    });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['that Step Functions has forgotten', {}, 'Step Functions has no execution arn:one'],
    [
      'whose input is not JSON',
      { 'arn:one': 'proxy' },
      'the input of arn:one does not name a proxy',
    ],
    [
      'whose input is not an object',
      { 'arn:one': '7' },
      'the input of arn:one does not name a proxy',
    ],
    ['whose input names none', { 'arn:one': '{}' }, 'the input of arn:one does not name a proxy'],
    [
      'that follows itself',
      { 'arn:one': '{"interrupted": "arn:one"}' },
      'no proxy is named by 8 executions',
    ],
    ['of an unknown proxy', { 'arn:one': '{"proxy": "rome"}' }, 'has no proxy "rome"'],
  ])('%s is refused', async (_name, inputs, text) => {
    await expectFailure(read(inputs, 'arn:one'), 'BadRequest', text);
  });

  test('is refused with the words that start a rollback by hand', async () => {
    const advice = 'name the proxy instead, such as {"proxy": "eu-north", "reason": "rollback"}';

    await expectFailure(read({}, 'arn:one'), 'BadRequest', advice);
  });
});
