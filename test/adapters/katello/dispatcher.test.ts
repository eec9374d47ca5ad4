import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Agent, type Dispatcher } from 'undici';
import { katelloDispatcher } from '../../../functions/adapters/katello/dispatcher.ts';
import { CertificateAuthority } from '../../../sandbox/katello/certificates.ts';
import {
  answeredBy,
  contentOver,
  markerOver,
  unanswered,
} from '../../sandbox/katello/small-world.ts';

/** The dispatcher that Lambda uses, with the real clock, against a listener on localhost. */
let ca: CertificateAuthority;
let server: Server;
let dispatcher: Dispatcher;

beforeAll(async () => {
  ca = await CertificateAuthority.create();
});
afterEach(async () => {
  await dispatcher.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const listen = async (listener: RequestListener, pem = ca.pem): Promise<string> => {
  const { cert, key } = await ca.issue('localhost');
  server = createServer({ cert, key }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  dispatcher = katelloDispatcher({ ca: pem, connectTimeoutMs: 2000 });
  return `localhost:${(server.address() as AddressInfo).port}`;
};

const contentAt = (address: string) =>
  contentOver(dispatcher, { url: `https://${address}`, timeouts: { statusMs: 100, planMs: 100 } });

describe('the dispatcher for Lambda', () => {
  test('trusts the CA that it is given', async () => {
    const address = await listen((_request, response) => response.end('i-0123456789abcdef0\n'));

    expect(await markerOver(dispatcher).readMarkers(address, 1)).toEqual(
      answeredBy('i-0123456789abcdef0'),
    );
  });

  test('trusts no other', async () => {
    const other = await CertificateAuthority.create();
    const address = await listen((_request, response) => response.end('{}'), other.pem);

    await expect(contentAt(address).health()).rejects.toMatchObject({
      message: expect.stringContaining('not signed by a CA'),
    });
  });

  test('reads markers on connections of their own, even where connections are kept', async () => {
    const ports = new Set<number | undefined>();
    const address = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('i-0123456789abcdef0');
    });
    const keeping = new Agent({ connect: { ca: ca.pem }, allowH2: false });
    await markerOver(keeping).readMarkers(address, 4);
    await keeping.close();

    expect(ports.size).toBe(4);
  });

  test.each([
    ['two lines', 'i-0123456789abcdef0\ni-0123456789abcdef1'],
    ['an error page', '<html>i-0123456789abcdef0</html>'],
    ['an endless page', 'x'.repeat(1_000_000)],
    ['an old id', 'i-01234567'],
    ['nothing', ''],
  ])('takes %s for what it is', async (what, body) => {
    const address = await listen((_request, response) => response.end(body));
    const expected =
      what === 'an old id' ? answeredBy('i-01234567') : unanswered('does not hold the id');

    expect(await markerOver(dispatcher).readMarkers(address, 1)).toEqual(expected);
  });

  test('does not wait forever for an answer', async () => {
    const address = await listen(() => {});

    await expect(contentAt(address).repositoryNames(2)).rejects.toMatchObject({
      name: 'KatelloUnavailable',
      message: expect.stringContaining('no response within the time-out'),
    });
  });

  test('does not wait forever for the rest of an answer', async () => {
    const address = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"unsyncable');
    });

    await expect(contentAt(address).repositoryNames(2)).rejects.toMatchObject({
      name: 'KatelloUnavailable',
      message: expect.stringContaining('incomplete'),
    });
  });

  test('says that a connection was closed', async () => {
    const address = await listen((request) => request.socket.destroy());

    await expect(contentAt(address).repositoryNames(2)).rejects.toMatchObject({
      name: 'KatelloUnavailable',
      message: expect.stringContaining('the connection was closed'),
    });
  });

  test('follows no redirect', async () => {
    let requests = 0;
    const address = await listen((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: '/login' }).end();
    });

    await expect(contentAt(address).repositoryNames(2)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
    });
    expect(requests).toBe(1);
  });
});
