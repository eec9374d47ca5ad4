import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { expect, test } from '@jest/globals';
import { readCertificateEnd } from '../../functions/health-metrics/certificate.ts';
import { CertificateAuthority } from '../../sandbox/katello/certificates.ts';

test('the end of a certificate is read whoever has signed it, and nothing where nobody answers', async () => {
  const notAfter = new Date(Date.UTC(2031, 4, 6, 7, 8, 9));
  const authority = await CertificateAuthority.create();
  const notBefore = new Date(Date.UTC(2020, 0, 1));
  const server = createServer(await authority.issue('localhost', { notBefore, notAfter }));
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;

  expect(await readCertificateEnd('localhost', port)).toEqual(notAfter);

  server.close();
  await once(server, 'close');
  expect(await readCertificateEnd('localhost', port)).toBeNull();
});
