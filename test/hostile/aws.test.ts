import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { fleetSchema } from '../../functions/domain/fleet.ts';
import { packageChanges } from '../../functions/domain/package-changes.ts';
import { packageFacts } from '../../functions/domain/package-facts.ts';
import { proxyRecordSchema } from '../../functions/domain/record.ts';
import { type AnySender, bootReport, calls, configuration, validAnswers } from './aws-answers.ts';
import { hostileText, longHostileText } from './texts.ts';
import { anyJson, withOnePlaceSpoilt } from './values.ts';

const text = z.string();
const image = z.strictObject({
  id: text,
  available: z.boolean(),
  state: z.enum(['candidate', 'current', 'previous', 'rejected']).nullable(),
  architecture: text,
  createdAt: z.date(),
  katelloVersion: text.nullable(),
  sourceImage: text.nullable(),
  snapshotIds: z.array(text),
});
const version = z.strictObject({ version: text, description: text });
const lifecycleState = text.regex(
  /^(Pending|Terminating)(:(Wait|Proceed))?$|^(InService|EnteringStandby|Standby|Terminated|Detaching|Detached)$/,
);

/** What each call promises to the steps. */
const promised: Readonly<Record<string, z.ZodType>> = {
  'groups.read': z.strictObject({
    name: text,
    sizes: z.strictObject({ min: z.number(), max: z.number(), desired: z.number() }),
    launchTemplate: z.strictObject({ id: text, version: text }),
    instances: z.array(
      z.strictObject({
        id: text,
        lifecycleState,
        healthy: z.boolean(),
        launchTemplate: z.strictObject({ id: text, version: text }).nullable(),
        protectedFromScaleIn: z.boolean(),
      }),
    ),
    suspendedProcesses: z.array(text),
    targetGroupArns: z.array(text),
  }),
  'groups.failedLaunches': z.array(text),
  'images.read': image.nullable(),
  'images.list': z.array(image),
  'images.referenced': z.set(text),
  'images.remove': z.undefined(),
  'instances.read': z.array(
    z.strictObject({
      id: text,
      state: z.enum(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped']),
      imageId: text,
      privateIp: text.nullable(),
      launchedAt: z.date(),
      tags: z.record(text, text),
    }),
  ),
  'launchTemplates.ensureCandidate': version,
  'launchTemplates.findCandidates': z.array(version),
  'launchTemplates.deleteVersions': z.undefined(),
  'balancer.targetHealth': z.array(
    z.strictObject({
      targetGroupArn: text,
      state: text,
      port: z.number().nullable(),
      reason: text.nullable(),
    }),
  ),
  'dns.readAddress': text.nullable(),
  'dns.writeAddress': text,
  'dns.isInSync': z.boolean(),
  'boot.read': z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('unreachable') }),
    z.strictObject({ status: z.literal('running'), step: text.nullable() }),
    z.strictObject({ status: z.literal('done') }),
    z.strictObject({ status: z.literal('failed'), step: text, reason: text, logTail: text }),
  ]),
  'fleet.read': fleetSchema,
  'imageParameters.read': text.nullable(),
  'secrets.readSecret': text.min(1),
  'executions.isRunning': z.boolean(),
  'executions.running': z.array(z.strictObject({ arn: text, startedAt: z.date() })),
  'ledger.read': proxyRecordSchema,
  'ledger.update': proxyRecordSchema,
  'ledger.lockHolder': z
    .strictObject({ executionArn: text, takenAt: z.date(), reason: text })
    .nullable(),
  'packageLists.read': z.array(text).nullable(),
};

const nameOf = (command: object): string => command.constructor.name.replace(/Command$/, '');

/** A client whose answers are the valid ones but for one command. Keeps which commands it was sent. */
const clientWith = (spoilt: string, answer: () => Promise<unknown>) => {
  const sent = new Set<string>();
  const client: AnySender = {
    send: (command) => {
      const name = nameOf(command);
      sent.add(name);
      const given = name === spoilt ? answer() : Promise.resolve(validAnswers[name]);
      return given as Promise<never>;
    },
  };
  return { client, sent };
};

const failureNames = ['AwsUnavailable', 'AwsRefused', 'UnexpectedAnswer', 'BadFleetConfiguration'];

/** A right result, or a failure by name that says what it was about. */
const expectSound = async (call: string, client: AnySender): Promise<void> => {
  const outcome = await Promise.resolve(calls[call]?.(client)).then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) {
    expect(promised[call]?.safeParse(outcome.value).error).toBeUndefined();
    return;
  }
  expect(outcome.error).toBeInstanceOf(NamedFailure);
  const { name, message } = outcome.error as NamedFailure;
  expect(failureNames).toContain(name);
  expect(message.length).toBeGreaterThan(20);
  expect(message.length).toBeLessThan(5000);
};

/** The commands that a call sends when all is well. */
const commandsOf = async (call: string): Promise<readonly string[]> => {
  const { client, sent } = clientWith('', async () => null);
  const value: unknown = await calls[call]?.(client);
  expect(promised[call]?.safeParse(value).error).toBeUndefined();
  return [...sent];
};

const notJson = fc.constantFrom<unknown>(
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  new Date(0),
  new Date(Number.NaN),
  10n,
  Symbol('no'),
  new Uint8Array(3),
);
const anything = fc.oneof(anyJson, notJson);

const anyError = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('ValidationError', 'ThrottlingException', 'NoSuchKey', '__proto__', ''),
      message: longHostileText,
      Code: anyJson,
      code: fc.constantFrom('ECONNRESET', 5, null),
      $metadata: fc.oneof(anyJson, fc.record({ httpStatusCode: fc.integer() })),
    })
    .map((fields) => Object.assign(new Error('what AWS said'), fields)),
  anything,
);

test('every call that is promised something is tried', () => {
  expect(Object.keys(calls)).toEqual(Object.keys(promised));
});

describe.each(Object.keys(calls))('%s', (call) => {
  test('may be answered anything in one place', async () => {
    const commands = await commandsOf(call);
    const spoilt = fc
      .constantFrom(...commands)
      .chain((command) =>
        fc.tuple(fc.constant(command), withOnePlaceSpoilt(validAnswers[command], anything)),
      );
    await fc.assert(
      fc.asyncProperty(spoilt, ([command, answer]) =>
        expectSound(call, clientWith(command, async () => answer).client),
      ),
      { numRuns: 70 },
    );
  });

  test('may meet any error', async () => {
    const commands = await commandsOf(call);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands), anyError, (command, error) =>
        expectSound(call, clientWith(command, () => Promise.reject(error)).client),
      ),
      { numRuns: 25 },
    );
  });
});

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
