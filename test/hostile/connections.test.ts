import '../../sandbox/katello/reflect.ts';
import { webcrypto } from 'node:crypto';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Dispatcher } from 'undici';
import { katelloDispatcher } from '../../functions/adapters/katello/dispatcher.ts';
import { NamedFailure } from '../../functions/domain/failures.ts';
import {
  CertificateAuthority,
  type ServerCertificate,
} from '../../sandbox/katello/certificates.ts';
import { contentOver, markerOver } from '../sandbox/katello/small-world.ts';

const name = 'localhost';
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate that vouches for itself, as a host has one before anyone has given it another. */
const selfSigned = async (): Promise<ServerCertificate> => {
  const library = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await library.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: `CN=${name}`,
      notBefore: new Date(Date.UTC(2020, 0, 1)),
      notAfter: new Date(Date.UTC(2099, 0, 1)),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new library.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: certificate.toString('pem'),
    key: library.PemConverter.encode(key, 'PRIVATE KEY'),
  };
};

let ca: CertificateAuthority;
let certificate: ServerCertificate;
let server: Server;
let dispatcher: Dispatcher;
const sockets = new Set<Socket>();

beforeAll(async () => {
  ca = await CertificateAuthority.create();
  certificate = await ca.issue(name);
});

afterEach(async () => {
  await dispatcher.close();
  for (const socket of sockets) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const listen = async (given: Server): Promise<void> => {
  server = given;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  dispatcher = katelloDispatcher({ ca: ca.pem });
};

/** A TLS server that says these bytes to whoever asks, and hangs up. */
const saying = (bytes: () => Buffer | string, options: TlsOptions = {}): Promise<void> =>
  listen(
    createServer({ ...certificate, ...options }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes()));
    }),
  );

const address = (): string => `${name}:${(server.address() as AddressInfo).port}`;

const asked = async (): Promise<unknown> =>
  contentOver(dispatcher, { url: `https://${address()}`, timeouts: { statusMs: 500 } })
    .repositoryNames(2)
    .catch((error: unknown) => error);

const refused = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

const expectFailure = async (failure: string, meaning: string | RegExp): Promise<void> => {
  const error = await asked();
  expect(error).toBeInstanceOf(NamedFailure);
  expect(error).toMatchObject({ name: failure, message: expect.stringMatching(meaning) });
};

describe('the client refuses', () => {
  const foreign = 'is not signed by a CA given under katello.ca';

  test('a certificate that vouches for itself', async () => {
    await saying(() => refused, await selfSigned());

    await expectFailure('CertificateRefused', foreign);
    expect(await markerOver(dispatcher).readMarkers(address(), 1)).toMatchObject([
      {
        instanceId: null,
        reason: expect.stringContaining(`${address()}: `),
        refused: 'unknown-issuer',
      },
    ]);
  });

  test('a certificate that comes with a CA of its own', async () => {
    const other = await CertificateAuthority.create('Another CA');
    const { cert, key } = await other.issue(name);
    await saying(() => refused, { cert: `${cert}\n${other.pem}`, key });

    await expectFailure('CertificateRefused', foreign);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s', async (version) => {
    const ciphers = 'DEFAULT@SECLEVEL=0';
    await saying(() => refused, { minVersion: version, maxVersion: version, ciphers });

    await expectFailure('KatelloUnavailable', 'does not speak TLS 1.2 or later');
  });

  test('to speak without TLS', async () => {
    await listen(createTcpServer((socket) => void socket.end(refused)));

    await expectFailure('KatelloUnavailable', 'does not speak TLS 1.2 or later');
  });

  test('nobody who shows a certificate of the CA', async () => {
    await saying(() => refused);

    expect(await asked()).toEqual({});
  });
});

const head = 'HTTP/1.1 200 OK\r\n';

// biome-ignore format: one line an answer.
test.each<[string, string, string | Buffer]>([
  ['nothing', 'KatelloUnavailable', ''],
  ['no HTTP', 'KatelloUnavailable', '220 mail.example.com ESMTP\r\n'],
  ['half a head', 'KatelloUnavailable', `${head}content-le`],
  ['a body that breaks off', 'KatelloUnavailable', `${head}content-length: 99\r\n\r\n{}`],
  ['a length that is none', 'KatelloUnavailable', `${head}content-length: many\r\n\r\n{}`],
  ['two lengths', 'KatelloUnavailable', `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
  ['a chunk that is none', 'KatelloUnavailable', `${head}transfer-encoding: chunked\r\n\r\nxyz\r\n`],
  ['chunks that break off', 'KatelloUnavailable', `${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`],
  ['a head without end', 'KatelloUnavailable', `${head}x: ${'y'.repeat(100_000)}\r\n\r\n`],
  ['a status that is none', 'KatelloUnavailable', 'HTTP/1.1 999999 OK\r\n\r\n'],
  ['signs that are no UTF-8', 'UnexpectedAnswer', Buffer.concat([Buffer.from(`${head}content-length: 4\r\n\r\n`), Buffer.from([0xff, 0xfe, 0xc0, 0x80])])],
  ['a body that is packed', 'UnexpectedAnswer', `${head}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n\u001f\u008b`],
  ['a redirect', 'UnexpectedAnswer', 'HTTP/1.1 302 Found\r\nlocation: https://evil.example/\r\ncontent-length: 0\r\n\r\n'],
])('%s is %s', async (_answer, failure, bytes) => {
  await saying(() => bytes);

  await expectFailure(failure, /GET \/katello\/api\/capsules\/2\/content\/sync/);
});

test('any bytes are a failure by name', async () => {
  let bytes = Buffer.alloc(0);
  await saying(() => bytes);
  const line = fc.oneof(
    fc.constantFrom(
      head,
      'content-length: 2\r\n',
      'transfer-encoding: chunked\r\n',
      '\r\n',
      '{}',
      '0\r\n\r\n',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }).map((some) => Buffer.from(some)),
    fc.array(line, { maxLength: 6 }).map((lines) => Buffer.from(`${head}${lines.join('')}`)),
  );
  await fc.assert(
    fc.asyncProperty(anyBytes, async (given) => {
      bytes = given;
      const outcome = await asked();
      if (!(outcome instanceof NamedFailure)) expect(outcome).toEqual([]);
      else expect(['KatelloUnavailable', 'UnexpectedAnswer']).toContain(outcome.name);
    }),
    { numRuns: 40 },
  );
});
