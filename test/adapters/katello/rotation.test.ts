import { describe, expect, test } from '@jest/globals';
import type { Dispatcher } from 'undici';
import { httpMarker } from '../../../functions/adapters/katello/marker.ts';
import type { ShownCertificate } from '../../../sandbox/katello/edge.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import { expectFailure } from '../../contracts/failure.ts';
import { contentOver, credentials, host, unanswered } from '../../sandbox/katello/small-world.ts';
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
  test('are read again after a rejection, and the call is made once more', async () => {
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

describe('a CA that was renewed', () => {
  const certified = (certificate: ShownCertificate) =>
    new InProcessDispatcher({
      barrier: () => null,
      exchange: () => ({ status: 404, headers: {}, body: 'i-0123456789abcdef0' }),
      certificateOf: () => certificate,
    });
  const [old, renewed] = [certified('untrusted'), certified('trusted')];
  const reading = (stored: Dispatcher) => {
    let dispatcher: Dispatcher = old;
    return {
      dispatcher: async () => dispatcher,
      forgetSecrets: () => {
        dispatcher = stored;
      },
    };
  };

  test('is trusted at once: the call is made again', async () => {
    expect(await contentOver(old, reading(renewed)).readTask('1')).toBeNull();
  });

  test('is trusted at once by the reading of a marker', async () => {
    const [marker] = await httpMarker(reading(renewed)).readMarkers('one.example.com', 1);

    expect(marker).toMatchObject({ instanceId: null, reason: expect.stringContaining('404') });
  });

  test('changes nothing when it is the same one', async () => {
    const message = `The certificate of ${host} was refused`;

    await expectFailure(
      contentOver(old, reading(old)).readTask('1'),
      'CertificateRefused',
      message,
    );
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

  test('is read again after a connection to Katello failed', async () => {
    const { forgetSecrets, times } = forgetting();
    const content = contentOver(unreachable, { forgetSecrets });

    await expectFailure(content.readTask('1'), 'KatelloUnavailable', 'refused');
    expect(times()).toBe(1);
  });

  test('is read again after a connection to a proxy failed', async () => {
    const { forgetSecrets, times } = forgetting();
    const marker = httpMarker({ dispatcher: async () => unreachable, forgetSecrets });

    expect(await marker.readMarkers('one.example.com', 2)).toEqual(
      unanswered('refused (ECONNREFUSED)', 'refused (ECONNREFUSED)'),
    );
    expect(times()).toBe(1);
  });
});
