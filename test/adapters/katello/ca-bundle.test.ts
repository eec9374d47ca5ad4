import { beforeAll, describe, expect, test } from '@jest/globals';
import { assertUsableBundle } from '../../../functions/adapters/katello/ca-bundle.ts';
import { CertificateAuthority } from '../../../sandbox/katello/certificates.ts';
import { expectFailure } from '../../contracts/failure.ts';

const parameter = '/smart-proxies/europe/katello-ca';
const now = new Date('2026-11-01T00:00:00Z');
const over = {
  notBefore: new Date('2016-01-01T00:00:00Z'),
  notAfter: new Date('2026-01-01T00:00:00Z'),
};

let company: string;
let expired: string;
let own: string;

beforeAll(async () => {
  company = (await CertificateAuthority.create('Company CA')).pem;
  own = (await CertificateAuthority.create('katello-default-ca')).pem;
  expired = (await CertificateAuthority.create('Old CA', over)).pem;
});

const check = async (pem: string): Promise<void> => assertUsableBundle(pem, { parameter, now });

describe('the CAs of a fleet', () => {
  test.each<[string, () => string]>([
    ['one', () => own],
    ['two, with words around them', () => `# the company's\n${company}\n# Katello's\n${own}\n`],
    ['one with line breaks of Windows', () => own.replaceAll('\n', '\r\n')],
    ['one that has expired beside its successor', () => `${expired}\n${own}`],
  ])('are in order: %s', async (_what, pem) => {
    await expect(check(pem())).resolves.toBeUndefined();
  });

  test.each<[string, () => string, string]>([
    ['an address', () => 'http://katello/pub/katello-server-ca.crt', 'holds no certificate'],
    ['one that was truncated', () => `${company}\n${own.slice(0, -30)}`, 'the value was truncated'],
    [
      'one that was pasted badly',
      () => `${company}\n${own.replace('MII', 'MIX')}`,
      'cannot be read: number 2',
    ],
    [
      'a key',
      () => `${own}\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----`,
      'private key',
    ],
    [
      'only one that has expired',
      () => expired,
      'no CA that is still valid; they expired: CN=Old CA on Jan 1',
    ],
  ])('are refused before anything is changed: %s', async (_what, pem, problem) => {
    await expectFailure(check(pem()), 'CaUnusable', problem);
    await expectFailure(check(pem()), 'CaUnusable', `the parameter ${parameter} (katello.ca)`);
  });
});
