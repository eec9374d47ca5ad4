import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../sandbox/katello/http.ts';
import { credentials } from '../../sandbox/katello/small-world.ts';
import { CannedServer } from './canned-dispatcher.ts';

const answering = (status: number, body: unknown): CannedServer =>
  new CannedServer(() => ({
    status,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));

const failureOf = async (server: CannedServer): Promise<Error> => {
  const outcome: unknown = await server
    .content()
    .readCounts(2)
    .catch((error: unknown) => error);
  return outcome as Error;
};

const html = '<html><body><h1>Service Unavailable</h1><p>try later</p></body></html>';

describe('an error of Katello', () => {
  test.each([
    [400, { error: { message: 'cannot parse', class: 'X' } }, 'KatelloRefused', 'cannot parse'],
    [400, { displayMessage: 'bad one', errors: ['worse'] }, 'KatelloRefused', 'bad one'],
    [400, { message: 'bad in 5', errors: ['worse'] }, 'KatelloRefused', 'bad in 5'],
    [400, { errors: ['one', 'two'] }, 'KatelloRefused', 'one; two'],
    [422, { error: { id: 1, full_messages: ['a', 'b'] } }, 'KatelloRefused', 'a; b'],
    [400, { status: 400, error: 'problem in the JSON' }, 'KatelloRefused', 'problem in the JSON'],
    [404, 'just text', 'KatelloRefused', 'just text'],
    [409, '', 'KatelloRefused', 'an empty response'],
    [403, { error: { message: 'Access denied' } }, 'KatelloForbids', 'Access denied'],
    [401, '', 'KatelloRejectsCredentials', 'an empty response'],
    [401, { error: { message: 'no' } }, 'KatelloRejectsCredentials', 'Renew the token'],
    [500, { displayMessage: 'backend service pulp3' }, 'KatelloUnavailable', 'pulp3'],
    [502, html, 'KatelloUnavailable', 'Service Unavailable try later'],
    [503, { message: 'migrations pending' }, 'KatelloUnavailable', 'migrations pending'],
    [504, html, 'KatelloUnavailable', 'Service Unavailable'],
    [429, '', 'KatelloUnavailable', 'an empty response'],
    [302, '<a href="https://sso">moved</a>', 'UnexpectedAnswer', 'moved'],
  ])('%i %j is %s', async (status, body, name, text) => {
    const error = await failureOf(answering(status, body));

    expect(error).toMatchObject({ name, message: expect.stringContaining(text) });
    expect(error.message).not.toContain('<');
  });

  test('is cut when it is a whole page', async () => {
    const error = await failureOf(answering(500, 'x'.repeat(100_000)));

    expect(error.message.length).toBeLessThan(600);
  });

  test.each([
    ['refused', 'the connection was refused'],
    ['lost', 'the connection was closed'],
  ] as const)('a connection that is %s is KatelloUnavailable', async (outcome: Outcome, text) => {
    const error = await failureOf(new CannedServer(() => outcome));

    expect(error).toMatchObject({
      name: 'KatelloUnavailable',
      message: expect.stringContaining(text),
    });
  });

  test('does not show a secret that the server quotes', async () => {
    const { login, token } = credentials;
    const encoded = Buffer.from(`${login}:${token}`).toString('base64');
    const quoting = answering(400, { error: { message: `you sent ${encoded} alias ${token}` } });
    const error = await failureOf(quoting);

    expect(error.message).toContain('you sent … alias …');
    expect(error.cause).toBeUndefined();
  });
});

describe('an answer that is no answer', () => {
  test.each([
    ['a login page', '<html>Log in</html>'],
    ['half a JSON', '{"content_view_'],
    ['nothing', ''],
    ['another object', '{"message": "moved"}'],
    ['a list', '[]'],
    ['a count that is text', countsWith('"many"')],
    ['a count that is an object', countsWith('{}')],
  ])('%s is UnexpectedAnswer, and nothing of it is shown', async (_what, body) => {
    const error = await failureOf(answering(200, body));

    expect(error).toMatchObject({ name: 'UnexpectedAnswer' });
    expect(error.message).toContain('GET /katello/api/capsules/2/content/counts');
    expect(error.message).not.toContain('Log in');
  });
});

describe('a list of tasks that is none', () => {
  test.each([
    ['a task in no known state', '{"results":[{"id":"a","state":"melting"}]}'],
    ['a task without id', '{"results":[{"state":"running"}]}'],
  ])('%s is UnexpectedAnswer', async (_what, body) => {
    await expect(answering(200, body).content().activeSyncs(2)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringContaining('GET /foreman_tasks/api/tasks'),
    });
  });
});

function countsWith(count: string): string {
  return `{"content_view_versions":{"7":{"repositories":{"1":{"counts":{"rpm":${count}}}}}}}`;
}
