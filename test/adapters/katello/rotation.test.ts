import { describe, expect, test } from '@jest/globals';
import { httpMarker } from '../../../functions/adapters/katello/marker.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import { expectFailure } from '../../contracts/failure.ts';
import { contentOver, credentials, unanswered } from '../../sandbox/katello/small-world.ts';
import { CannedServer } from './canned-dispatcher.ts';

const accepted = `Basic ${Buffer.from(`${credentials.login}:new`).toString('base64')}`;

/** A server that knows the new token only, and a cache that holds the old one until it is dropped. */
const rotated = (stored = 'new') => {
  const server = new CannedServer(({ headers }) =>
    headers['authorization'] === accepted
      ? { status: 404, headers: {}, body: '{}' }
      : { status: 401, headers: {}, body: '' },
  );
  let token = 'old';
  const content = contentOver(new InProcessDispatcher(server), {
    credentials: async () => ({ ...credentials, token }),
    forgetSecrets: () => {
      token = stored;
    },
  });
  return { server, content };
};

describe('credentials that were rotated', () => {
  test('are read anew after a rejection, and the call is made once more', async () => {
    const { server, content } = rotated();

    expect(await content.readTask('1')).toBeNull();
    expect(await content.readTask('2')).toBeNull();
    expect(server.requests).toHaveLength(3);
  });

  test('are not sent twice when they are the same ones', async () => {
    const { server, content } = rotated('old');

    await expectFailure(content.readTask('1'), 'KatelloRejectsCredentials', 'Renew the token');
    expect(server.requests).toHaveLength(1);
  });

  test('are given up at the second rejection', async () => {
    const { server, content } = rotated('wrong');

    await expectFailure(content.readTask('1'), 'KatelloRejectsCredentials', 'Renew the token');
    await expectFailure(content.readTask('2'), 'KatelloRejectsCredentials', 'not retried');
    expect(server.requests).toHaveLength(2);
  });
});

describe('a CA that may have been renewed', () => {
  const unreachable = new InProcessDispatcher(new CannedServer(() => 'refused'));
  const forgetting = () => {
    let times = 0;
    return {
      forgetSecrets: () => {
        times += 1;
      },
      times: () => times,
    };
  };

  test('is read anew after a connection to Katello failed', async () => {
    const { forgetSecrets, times } = forgetting();
    const content = contentOver(unreachable, { forgetSecrets });

    await expectFailure(content.readTask('1'), 'KatelloUnavailable', 'refused');
    expect(times()).toBe(1);
  });

  test('is read anew after a connection to a proxy failed', async () => {
    const { forgetSecrets, times } = forgetting();
    const marker = httpMarker({ dispatcher: async () => unreachable, forgetSecrets });

    expect(await marker.readMarkers('one.example.com', 2)).toEqual(
      unanswered('refused (ECONNREFUSED)', 'refused (ECONNREFUSED)'),
    );
    expect(times()).toBe(1);
  });
});
