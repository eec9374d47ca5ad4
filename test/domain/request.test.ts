import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { parseFleetRequest } from '../../functions/domain/fleet-request.ts';
import { parseRequest } from '../../functions/domain/request.ts';
import { aFleet, aProxy } from './a-fleet.ts';
import { failureIn } from './failure.ts';

const fleet = aFleet({ proxies: [aProxy('berlin'), aProxy('paris')] });

describe('a request for one proxy', () => {
  test('needs a proxy and nothing else', () => {
    expect(parseRequest({ proxy: 'berlin' })).toEqual({
      proxy: 'berlin',
      reason: 'manual',
      imageId: null,
      instanceId: null,
      interrupted: null,
    });
  });

  test('may say everything', () => {
    const input = {
      proxy: 'berlin',
      reason: 'heal',
      imageId: 'ami-0123456789abcdef0',
      instanceId: 'i-0123456789abcdef0',
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:one',
    };

    expect(parseRequest(input)).toEqual({
      proxy: 'berlin',
      reason: 'heal',
      imageId: 'ami-0123456789abcdef0',
      instanceId: 'i-0123456789abcdef0',
      interrupted: null,
    });
  });

  test('of a rollback may name the interrupted execution instead of the proxy', () => {
    const given = { reason: 'rollback', attempt: '2 of 3', interrupted: 'arn:one' };

    expect(parseRequest(given)).toEqual({
      proxy: null,
      reason: 'rollback',
      imageId: null,
      instanceId: null,
      interrupted: 'arn:one',
    });
    expect(parseRequest({ ...given, proxy: 'paris' })).toMatchObject({ proxy: 'paris' });
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'input: '],
    ['text', 'berlin', 'input: '],
    ['no proxy', {}, 'proxy: is missing; give the name of a proxy'],
    ['a proxy that is a number', { proxy: 7 }, 'proxy: must be the name of a proxy'],
    ['an empty proxy', { proxy: '' }, 'proxy: must be the name of a proxy'],
    [
      'a proxy whose length is no number',
      { proxy: { length: { valueOf: 0, toString: 0 } } },
      'proxy: must be the name of a proxy',
    ],
    ['an odd reason', { proxy: 'berlin', reason: 'fun' }, 'reason: '],
    ['an odd image', { proxy: 'berlin', imageId: 'latest' }, 'imageId: must be the id of an image'],
    [
      'an odd instance',
      { proxy: 'berlin', instanceId: 'it' },
      'instanceId: must be the id of an instance',
    ],
    ['a misspelled key', { proxy: 'berlin', image: 'ami-01234567' }, '"image"'],
    [
      'an interrupted execution and another reason',
      { interrupted: 'arn:one' },
      'proxy: is missing',
    ],
    ['neither proxy nor execution', { reason: 'rollback' }, 'proxy: is missing'],
    ['an odd attempt', { reason: 'rollback', proxy: 'berlin', attempt: 2 }, 'attempt: '],
  ])('with %s is bad, and says where', (_name, input, text) => {
    const { name, message } = failureIn(() => parseRequest(input));

    expect(name).toBe('BadRequest');
    expect(message).toContain(text);
  });

  test('gets every problem at once', () => {
    const { message } = failureIn(() => parseRequest({ proxy: 7, imageId: 'x', instanceId: 'y' }));

    expect(message.split('; ').map((problem) => problem.split(':')[0])).toEqual([
      'proxy',
      'imageId',
      'instanceId',
    ]);
  });
});

describe('a request for the fleet', () => {
  test.each<[string, unknown]>([
    ['nothing at all', undefined],
    ['null', null],
    ['an empty object', {}],
  ])('that is %s rebuilds whoever is due', (_name, input) => {
    expect(parseFleetRequest(input, fleet)).toEqual({
      reason: 'manual',
      proxies: [],
      dryRun: false,
      force: false,
    });
  });

  test('may name proxies and an image', () => {
    const input = { proxies: ['paris'], imageId: 'ami-01234567', dryRun: true };

    expect(parseFleetRequest(input, fleet)).toMatchObject(input);
  });

  test.each<[string, unknown, string]>([
    ['text', 'all', 'input: '],
    ['a proxy that is no list', { proxies: 'paris' }, 'proxies: '],
    ['a proxy that is a number', { proxies: ['paris', 7] }, 'proxies.1: '],
    ['a reason of a single proxy', { reason: 'heal' }, 'reason: '],
    ['an odd image', { imageId: 'latest' }, 'imageId: must be the id of an image'],
    ['a misspelled key', { dryrun: true }, '"dryrun"'],
    ['words for a switch', { force: 'yes' }, 'force: '],
    [
      'an unknown proxy',
      { proxies: ['rome', 'paris'] },
      'the fleet europe has no rome; it has berlin, paris',
    ],
  ])('with %s is bad, and says where', (_name, input, text) => {
    const { name, message } = failureIn(() => parseFleetRequest(input, fleet));

    expect(name).toBe('BadRequest');
    expect(message).toContain(text);
  });
});

test('whatever is asked for is either understood or a bad request', () => {
  const key = fc.constantFrom(
    'proxy',
    'proxies',
    'reason',
    'imageId',
    'instanceId',
    'interrupted',
    'attempt',
  );
  const input = fc.oneof(fc.anything(), fc.dictionary(key, fc.anything()));
  const parsers = [parseRequest, (given: unknown) => parseFleetRequest(given, fleet)];
  fc.assert(
    fc.property(input, fc.constantFrom(...parsers), (given, parse) => {
      try {
        expect(parse(given)).toHaveProperty('reason');
      } catch (error) {
        expect(error).toBeInstanceOf(NamedFailure);
        expect(error).toHaveProperty('name', 'BadRequest');
      }
    }),
    { numRuns: 300 },
  );
});
