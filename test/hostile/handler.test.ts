import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFailure } from '../../functions/domain/failure-cause.ts';
import { type FailureName, NamedFailure } from '../../functions/domain/failures.ts';
import { parseFleetRequest } from '../../functions/domain/fleet-request.ts';
import { parseRequest } from '../../functions/domain/request.ts';
import { reasons } from '../../functions/domain/sections.ts';
import { handlerOf } from '../../functions/lambda/handler.ts';
import { proxyOfRequest } from '../../functions/operations/interrupted-proxy.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';
import { aRebuild, aRun } from '../steps/a-rebuild.ts';
import { portsOf } from '../steps/in-memory-ports.ts';
import { hostileText, longHostileText } from './texts.ts';
import { anyJson, withOnePlaceSpoilt } from './values.ts';

/** What Lambda makes of an error that leaves a handler. */
const payloadOf = ({ name, message, stack = '' }: Error): string =>
  JSON.stringify({ errorType: name, errorMessage: message, trace: stack.split('\n') });

/** What the execution around a failed one gets to read of it. */
const nestedCause = (payload: string): string =>
  JSON.stringify({
    ExecutionArn: 'arn:aws:states:eu-central-1:123456789012:execution:rebuild-proxy-europe:run-1',
    Input: JSON.stringify({ proxy: 'berlin', reason: 'scheduled' }),
    Status: 'FAILED',
    Error: 'ProvisioningFailed',
    Cause: payload,
  });

/** Characters of a cause that Step Functions keeps. */
const causeMax = 32_768;

const caught = async (call: Promise<unknown>): Promise<NamedFailure> => {
  const error: unknown = await call.then(
    () => 'it was answered',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NamedFailure);
  return error as NamedFailure;
};

const failing = (name: FailureName, message: string) => () =>
  Promise.reject(new NamedFailure(name, message));

describe.each(Object.keys(steps) as StepName[])('the handler of %s', (step) => {
  test('takes any input for one that it was made for, or for a bad request', async () => {
    const lines: object[] = [];
    const handler = handlerOf(
      step,
      steps[step],
      failing('AwsUnavailable', 'the ports were asked for'),
      (line) => lines.push(line),
    );
    const event = fc.oneof(anyJson, withOnePlaceSpoilt(aRun(aRebuild())));
    await fc.assert(
      fc.asyncProperty(event, async (given) => {
        const { name, message } = await caught(handler(given));

        expect(['BadRequest', 'AwsUnavailable']).toContain(name);
        expect(message.length).toBeLessThan(4100);
      }),
      { numRuns: 15 },
    );
    expect(lines.length).toBeGreaterThanOrEqual(15);
  });
});

describe('a cause', () => {
  const log: string[] = [];
  const leaving = (message: string): Promise<NamedFailure> =>
    caught(
      handlerOf(
        'examineLock',
        steps.examineLock,
        failing('ProvisioningFailed', message),
        ({ cause }) => log.push(String(cause)),
      )(aRun(aRebuild())),
    );

  test('of any text reaches the execution around it as it was', async () => {
    await fc.assert(
      fc.asyncProperty(longHostileText, longHostileText, async (sentence, tail) => {
        const message = `${sentence}\n${tail}`;
        const payload = payloadOf(await leaving(message));
        const nested = nestedCause(payload);

        expect(nested.length).toBeLessThan(causeMax);
        expect(readFailure({ Error: 'States.TaskFailed', Cause: nested })).toEqual({
          name: 'ProvisioningFailed',
          cause: JSON.parse(payload).errorMessage,
        });
        expect(log.at(-1)).toBe(message);
      }),
      { numRuns: 150 },
    );
  });

  test('that is short stays as it is', async () => {
    expect((await leaving('dnf\nfailed\n')).message).toBe('dnf\nfailed\n');
  });

  test('that is long keeps the start of its sentence and the end of its log', async () => {
    const { message } = await leaving(
      `i-1 failed at install: ${'x'.repeat(9000)}\n${'early\n'.repeat(9000)}THE END`,
    );

    expect(message).toMatch(/^i-1 failed at install: x+…\n…/);
    expect(message).toMatch(/early\nTHE END$/);
  });
});

test('an answer that no execution could carry is a failure by name', async () => {
  const lines: object[] = [];
  const { proxies, ...plan } = { proxies: ['x'.repeat(35_000)], concurrency: 1, hasCanary: false };
  const given = {
    execution: { id: 'arn:run-1', name: 'run-1', startedAt: '2026-11-02T11:00:00.000Z' },
    plan: {
      ...plan,
      proxies,
      status: 'go',
      fleet: 'europe',
      reason: 'manual',
      verdicts: [],
      imageId: null,
      imageSource: 'bake',
      baseImage: 'ami-1',
      foremanVersion: '3.19',
      katelloVersion: '4.21',
      features: 'pulpcore registration',
      startAt: '2026-11-02T12:00:00.000Z',
    },
  };
  const handler = handlerOf(
    'chooseWave',
    steps.chooseWave,
    async () => portsOf(aRebuild()),
    (line) => lines.push(line),
  );
  const { name, message } = await caught(handler(given));

  expect(name).toBe('UnexpectedAnswer');
  expect(message).toContain('the answer of chooseWave has 70');
  expect(lines).toMatchObject([{ outcome: 'failed', failure: 'UnexpectedAnswer' }]);
});

const expectBadRequest = (call: () => unknown): void => {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(NamedFailure);
    const { name, message } = error as NamedFailure;
    expect([name, message.length > 0]).toEqual(['BadRequest', true]);
  }
};

describe('a request', () => {
  const whole = {
    proxy: 'berlin',
    reason: 'heal',
    imageId: 'ami-0123456789abcdef0',
    instanceId: 'i-0123456789abcdef0',
    interrupted: 'arn:one',
    attempt: '1 of 3',
    AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:two',
  };
  const idOrNull = (start: string) => ({
    asymmetricMatch: (id: unknown) =>
      id === null || new RegExp(`^${start}-[0-9a-f]{8,17}$`).test(String(id)),
  });
  const sound = {
    proxy: { asymmetricMatch: (name: unknown) => name === null || typeof name === 'string' },
    reason: { asymmetricMatch: (reason: never) => reasons.includes(reason) },
    imageId: idOrNull('ami'),
    instanceId: idOrNull('i'),
    interrupted: { asymmetricMatch: (arn: unknown) => arn === null || typeof arn === 'string' },
  };

  test('for a proxy is one, whatever it is made of, or a bad request', () => {
    fc.assert(
      fc.property(fc.oneof(withOnePlaceSpoilt(whole), anyJson), (given) =>
        expectBadRequest(() => expect(parseRequest(given)).toEqual(sound)),
      ),
      { numRuns: 200 },
    );
  });

  test('of a rollback takes whatever the interrupted input is', async () => {
    const text = fc.oneof(
      anyJson.map((value) => JSON.stringify(value)),
      withOnePlaceSpoilt(whole).map((value) => JSON.stringify(value)),
      hostileText,
    );
    const given = parseRequest({ reason: 'rollback', interrupted: 'arn:one' });
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        await proxyOfRequest(async () => input, given).then(
          (proxy) => expect(proxy).toEqual(expect.any(String)),
          (error: unknown) =>
            expectBadRequest(() => {
              throw error;
            }),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('for a fleet is one, whatever it is made of, or a bad request', () => {
    const fleet = aFleet({ proxies: [aProxy('berlin'), aProxy('paris')] });
    const valid = {
      reason: 'manual',
      proxies: ['berlin', 'paris'],
      imageId: 'ami-0123456789abcdef0',
      dryRun: true,
      force: false,
    };
    fc.assert(
      fc.property(fc.oneof(withOnePlaceSpoilt(valid), anyJson), (given) =>
        expectBadRequest(() => {
          const { proxies, imageId = null, dryRun, force } = parseFleetRequest(given, fleet);
          expect(['berlin', 'paris']).toEqual(expect.arrayContaining(proxies));
          expect(imageId).toEqual(idOrNull('ami'));
          expect([dryRun, force]).toEqual([expect.any(Boolean), expect.any(Boolean)]);
        }),
      ),
      { numRuns: 120 },
    );
  });
});
