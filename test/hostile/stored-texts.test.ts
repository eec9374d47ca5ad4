import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { packageChanges } from '../../functions/domain/package-changes.ts';
import { packageFacts } from '../../functions/domain/package-facts.ts';
import {
  type AnyClient,
  bootReport,
  calls,
  clientWith,
  configuration,
  validAnswers,
} from '../adapters/aws/valid-answers.ts';
import { hostileText, longHostileText } from './texts.ts';
import { anyJson, withOnePlaceSpoilt } from './values.ts';

const failureNames = ['UnexpectedAnswer', 'BadFleetConfiguration'];

/** A result, or a failure by name that says what it was about. */
const expectSound = async (call: string, client: AnyClient): Promise<void> => {
  const error: unknown = await Promise.resolve(calls[call]?.(client)).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return;
  expect(error).toBeInstanceOf(NamedFailure);
  const { name, message } = error as NamedFailure;
  expect(failureNames).toContain(name);
  expect(message.length).toBeGreaterThan(20);
  expect(message.length).toBeLessThan(5000);
};

describe('what the product itself has written', () => {
  const item = (fields: object) => ({ Item: { id: { S: 'proxy#berlin' }, ...fields } });
  const { Item: whole } = validAnswers['GetItem'] as { Item: { record: { S: string } } };
  const { record } = whole;

  test.each(['ledger.read', 'ledger.update', 'ledger.lockHolder'])(
    'is read by %s, or refused',
    async (call) => {
      const spoiltRecord = withOnePlaceSpoilt(JSON.parse(record.S))
        .map((value) => JSON.stringify(value) ?? '')
        .chain((json) => fc.constantFrom(json, json.slice(1), json.slice(0, -5)));
      const attribute = fc.oneof(
        hostileText,
        spoiltRecord,
        fc.constantFrom('', '0', '-1', '1.5', 'NaN'),
      );
      const fields = fc.record(
        {
          record: attribute.map((S) => ({ S })),
          version: attribute.map((N) => ({ N })),
          owner: attribute.map((S) => ({ S })),
          takenAt: attribute.map((S) => ({ S })),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(fields, (given) =>
          expectSound(call, clientWith('GetItem', async () => item({ ...whole, ...given })).client),
        ),
        { numRuns: 100 },
      );
    },
  );

  test('is refused with the item and the place that cannot be read', async () => {
    const { client } = clientWith('GetItem', async () => item({ record: { S: '{"attempts":3}' } }));

    await expect(calls['ledger.read']?.(client)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringMatching(/proxy#berlin.*\(\w+: /),
    });
  });

  test.each(['not a number', '1.5', 'Infinity'])('has no version %j', async (N) => {
    const { client } = clientWith('GetItem', async () => item({ record, version: { N } }));

    await expect(calls['ledger.update']?.(client)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringContaining('proxy#berlin'),
    });
  });
});

const configurationWith = (index: number, Value: string) => ({
  Parameters: configuration.map((parameter, at) =>
    at === index ? { ...parameter, Value } : parameter,
  ),
});

describe.each([
  [
    'the configuration of a fleet',
    'fleet.read',
    'GetParametersByPath',
    configuration[0]?.Value ?? '',
    (Value: string) => configurationWith(0, Value),
  ],
  [
    'the configuration of a proxy',
    'fleet.read',
    'GetParametersByPath',
    configuration[1]?.Value ?? '',
    (Value: string) => configurationWith(1, Value),
  ],
  [
    'a report of a boot',
    'boot.read',
    'GetCommandInvocation',
    bootReport,
    (StandardOutputContent: string) => ({ StandardOutputContent }),
  ],
] as const)('%s', (_what, call, command, valid, answerWith) => {
  test('is read whatever text it is, or refused', async () => {
    const given = fc.oneof(
      withOnePlaceSpoilt(JSON.parse(valid)).map((value) => JSON.stringify(value) ?? ''),
      anyJson.map((value) => JSON.stringify(value)),
      longHostileText,
      fc.nat(valid.length).map((length) => valid.slice(0, length)),
    );
    await fc.assert(
      fc.asyncProperty(given, (value) =>
        expectSound(call, clientWith(command, async () => answerWith(value)).client),
      ),
      { numRuns: 150 },
    );
  });
});

describe('a list of packages', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'bash-5.1.8-9.el9.x86_64',
      'gpg-pubkey-fd431d51-4ae0493b',
      '',
      '-',
      '--',
      '---',
    ),
    fc.constantFrom('__proto__-1-1.noarch', 'constructor-1-1.noarch', 'a-1-1.i686'),
    hostileText,
  );

  test('is compared with another, or refused by name', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.array(line, { maxLength: 6 }),
        (one, other) => {
          try {
            for (const fact of packageFacts(packageChanges(one, other)))
              expect(fact).toEqual([expect.any(String), expect.any(String)]);
          } catch (error) {
            expect(error).toBeInstanceOf(NamedFailure);
            expect((error as NamedFailure).message.length).toBeLessThan(2000);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['-'.repeat(100_000)],
    ['a-'.repeat(50_000)],
    ['a'.repeat(100_000)],
    [`a-1-${'x'.repeat(100_000)}`],
  ])('is read in time, whatever its lines', (long) => {
    const before = performance.now();
    expect(() => {
      try {
        packageChanges([long], []);
      } catch (error) {
        expect(error).toBeInstanceOf(NamedFailure);
      }
    }).not.toThrow();

    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('whose text breaks off on the way is one that AWS did not give', async () => {
    const lost = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    const Body = { transformToString: () => Promise.reject(lost) };
    const { client } = clientWith('GetObject', async () => ({ Body }));

    await expect(calls['packageLists.read']?.(client)).rejects.toMatchObject({
      name: 'AwsUnavailable',
    });
  });

  test('may come from a file with other line ends', async () => {
    const Body = { transformToString: async () => 'a-1-1.noarch\r\nb-1-1.noarch\r\n' };
    const { client } = clientWith('GetObject', async () => ({ Body }));

    expect(await calls['packageLists.read']?.(client)).toEqual(['a-1-1.noarch', 'b-1-1.noarch']);
  });
});
