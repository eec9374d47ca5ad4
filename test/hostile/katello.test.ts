import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { NamedFailure } from '../../functions/domain/failures.ts';
import { taskResults, taskStates } from '../../functions/domain/task.ts';
import { credentials, markerOver } from '../sandbox/katello/small-world.ts';
import {
  asAnswer,
  type Operation,
  operationNames,
  operations,
  portTo,
  type Recording,
  record,
} from './katello-answers.ts';
import { type RawAnswer, RawDispatcher } from './raw-dispatcher.ts';
import { hostileText, longHostileText, unsafeSigns } from './texts.ts';
import { anyJson, withOnePlaceSpoilt } from './values.ts';

const task = z.strictObject({
  id: z.string().min(1).max(255),
  state: z.enum(taskStates),
  result: z.enum(taskResults),
  progress: z.number().min(0).max(1),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  errors: z.array(z.string()),
  requestId: z.string().nullable(),
});
const capsule = z.strictObject({
  id: z.int(),
  name: z.string(),
  url: z.string(),
  features: z.array(z.strictObject({ name: z.string(), capabilities: z.array(z.string()) })),
  lifecycleEnvironments: z.array(z.string()),
  downloadPolicy: z.string(),
});

/** What each operation promises to the steps. */
const promised: Readonly<Record<Operation, z.ZodType>> = {
  health: z.strictObject({ version: z.string().min(1), failing: z.array(z.string()) }),
  findCapsule: capsule.nullable(),
  access: z.strictObject({
    login: z.string().min(1),
    isAdmin: z.boolean(),
    permissions: z.array(z.string()),
    organizations: z.array(z.string()),
    locations: z.array(z.string()),
  }),
  activeSyncs: z.array(task),
  contentTypes: z.array(z.string()),
  refreshFeatures: capsule,
  startSync: task,
  startCount: task,
  findTasks: z.array(task),
  isUnderWay: z.boolean(),
  readTask: task.nullable(),
  readCounts: z.record(z.string(), z.record(z.string(), z.int().min(0))),
  repositoryNames: z.record(z.string(), z.string()),
  runningJobs: z.int().min(0),
  stopTasks: z.undefined(),
};

const failureNames = [
  'CapsuleNotFound',
  'KatelloUnavailable',
  'KatelloRejectsCredentials',
  'KatelloForbids',
  'KatelloRefused',
  'UnexpectedAnswer',
  'FeaturesNotRefreshed',
];

const { login, token } = credentials;
const encoded = Buffer.from(`${login}:${token}`).toString('base64');

/** A right result, or a failure that says which call, on a line that anyone may read. */
const expectSound = async (name: Operation, answers: readonly RawAnswer[]): Promise<void> => {
  const outcome = await operations[name](portTo(answers)).then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) {
    expect(promised[name].safeParse(outcome.value).error).toBeUndefined();
    return;
  }
  const { error } = outcome;
  expect(error).toBeInstanceOf(NamedFailure);
  const { name: failure, message, cause } = error as NamedFailure;
  expect(failureNames).toContain(failure);
  expect(message).toMatch(/(GET|POST|PUT) \/(katello|foreman_tasks|api)\//);
  expect(message.length).toBeLessThan(1000);
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message.isWellFormed()).toBe(true);
  expect(cause).toBeUndefined();
  for (let length = 8; length <= token.length; length += 1)
    expect(message).not.toContain(token.slice(0, length));
  expect(message).not.toContain(encoded.slice(0, 12));
};

const status = fc.oneof(
  fc.constantFrom(200, 201, 202, 204, 301, 302, 400, 401, 403, 404, 408, 409, 422, 429, 500, 503),
  fc.integer({ min: 200, max: 599 }),
);
const contentType = fc.constantFrom(
  'application/json',
  'text/html; charset=iso-8859-1',
  'application/octet-stream',
  '',
);

/** What an error says, with all that Foreman, Katello and proxies in between may put into it. */
const errorBody = fc
  .tuple(longHostileText, fc.nat(500), fc.constantFrom(token, encoded, `${login}:${token}`))
  .map(([text, at, secret]) => `${text.slice(0, at)}${secret}${text.slice(at)}`)
  .chain((said) =>
    fc.constantFrom<unknown>(
      said,
      { error: { message: said } },
      { error: { full_messages: [said, said], missing_permissions: [said] } },
      { displayMessage: said, errors: [said] },
      { error: said },
      { errors: { [said]: said } },
    ),
  );

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
  fc
    .oneof(errorBody, longHostileText)
    .map((body) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))),
  anyJson.map((body) => Buffer.from(JSON.stringify(body))),
  fc
    .constantFrom('', 'null', '[]', '{}', '0', '"text"', '<html></html>')
    .map((body) => Buffer.from(body)),
);

const rawAnswer: fc.Arbitrary<RawAnswer> = fc.oneof(
  fc.record({
    status,
    headers: contentType.map((type) => ({ 'content-type': type })),
    body: bytes,
  }),
  fc
    .constantFrom(
      'ECONNRESET',
      'UND_ERR_BODY_TIMEOUT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'constructor',
    )
    .map((error) => ({ error })),
);

describe.each(operationNames)('Katello, asked to %s,', (name) => {
  let recording: Recording;

  beforeAll(async () => {
    recording = (await record())[name];
  });

  /** The recording with one answer in another's place. */
  const withAnswer = (index: number, answer: RawAnswer): readonly RawAnswer[] =>
    recording.map(asAnswer).with(index % recording.length, answer);

  test('is understood as it answers', async () => {
    const value: unknown = await operations[name](portTo(recording.map(asAnswer)));

    expect(promised[name].safeParse(value).error).toBeUndefined();
    expect(recording.length).toBeGreaterThan(0);
  });

  test('may have anything in one place of an answer', async () => {
    const spoilt = fc
      .nat(recording.length - 1)
      .chain((index) =>
        fc.tuple(fc.constant(index), withOnePlaceSpoilt(recording[index]).map(asAnswer)),
      );
    await fc.assert(
      fc.asyncProperty(spoilt, ([index, answer]) => expectSound(name, withAnswer(index, answer))),
      { numRuns: 120 },
    );
  });

  test('may answer anything, and any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), rawAnswer, (index, answer) =>
        expectSound(name, withAnswer(index, answer)),
      ),
      { numRuns: 60 },
    );
  });

  test('may be truncated anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.nat(), (index, length) => {
        const whole = JSON.stringify(recording[index % recording.length]);
        const body = Buffer.from(whole.slice(0, length % whole.length));
        return expectSound(name, withAnswer(index, { status: 200, headers: {}, body }));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a page of Katello that is an error', () => {
  test.each([
    ['of opening brackets alone', '<'.repeat(1_000_000)],
    ['of white space alone', ' '.repeat(1_000_000)],
    ['of line breaks and brackets', '<\n'.repeat(500_000)],
  ])('%s is read in time', async (_what, page) => {
    const before = performance.now();
    await expectSound('health', [{ status: 502, headers: {}, body: Buffer.from(page) }]);

    expect(performance.now() - before).toBeLessThan(1000);
  });

  test.each([392, 395, 399])('hides a secret that is truncated after %i characters', async (at) => {
    const said = `${'x'.repeat(at)}${token}`;

    await expectSound('health', [{ status: 400, headers: {}, body: Buffer.from(said) }]);
  });
});

test('a marker is an instance id, or nobody', async () => {
  await fc.assert(
    fc.asyncProperty(rawAnswer, hostileText, async (raw, name) => {
      const dispatcher = new RawDispatcher(() => raw);
      const marker = markerOver(dispatcher);
      const [answer] = await marker.readMarkers(name, 1);
      const said = Object.values(answer ?? {}).join('');

      expect(
        answer?.instanceId === null || /^i-[0-9a-f]{8,17}$/.test(answer?.instanceId ?? ''),
      ).toBe(true);
      expect(said).not.toMatch(unsafeSigns);
    }),
    { numRuns: 120 },
  );
});

describe('a task', () => {
  const running = { id: 'a', state: 'running', label: 'Actions::Katello::CapsuleContent::Sync' };
  const found = (fields: object) =>
    portTo([asAnswer({ results: [{ ...running, ...fields }] })]).findTasks(2, ['rebuild-1']);
  const input = { current_request_id: 'rebuild-1' };

  test.each<[unknown, number]>([
    [2, 1],
    ['2', 1],
    [null, 1],
    [3, 0],
    ['', 1],
    [{ toString: 1, valueOf: 2 }, 1],
    [[{ toString: 1 }], 1],
  ])('of the proxy %j is this proxy’s %i times', async (id, times) => {
    expect(await found({ input: { ...input, smart_proxy_id: id } })).toHaveLength(times);
  });

  test('with an id of any length is refused', async () => {
    await expect(found({ input, id: 'x'.repeat(300_000) })).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringContaining('results.0.id'),
    });
  });
});

test.each([-1, 0.5, 1e300])('a count of %d is refused', async (rpm) => {
  const repositories = { 1: { counts: { rpm } } };
  const answer = { content_view_versions: { 7: { repositories } } };

  await expect(portTo([asAnswer(answer)]).readCounts(2)).rejects.toMatchObject({
    name: 'UnexpectedAnswer',
  });
});
