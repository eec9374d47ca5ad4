import { X509Certificate } from 'node:crypto';
import { NamedFailure } from '../../domain/failures.ts';
import { parseOnce } from '../parse-once.ts';
import { shownBy } from './refused-certificate.ts';

/** The parameter that holds a bundle, for messages, and the time at which it is used. */
export interface BundleUse {
  readonly parameter: string;
  readonly now: Date;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/** OpenSSL takes a millisecond for each, and every invocation checks the same bundle. */
const certificateOf = parseOnce<X509Certificate>(32);

const unusable = ({ parameter }: BundleUse, problem: string): NamedFailure =>
  new NamedFailure(
    'CaUnusable',
    `the parameter ${parameter} (katello.ca) ${problem}. It must hold the certificates of the CAs ` +
      'that signed for Katello and for the proxies, as PEM, one after another',
  );

const parse = (pem: string, number: number, use: BundleUse): X509Certificate => {
  try {
    return certificateOf(pem, () => new X509Certificate(pem));
  } catch {
    throw unusable(use, `holds a certificate that cannot be read: number ${number}`);
  }
};

const assertSomeIsValid = (certificates: readonly X509Certificate[], use: BundleUse): void => {
  const isOver = ({ validTo }: X509Certificate): boolean => Date.parse(validTo) < use.now.getTime();
  if (!certificates.every(isOver)) return;
  const ended = certificates.map(shownBy).map(({ subject, validTo }) => `${subject} on ${validTo}`);
  throw unusable(use, `holds no CA that is still valid; they expired: ${ended.join('; ')}`);
};

/**
 * Checks a bundle of CAs before it is used: OpenSSL skips what it cannot read in one without a word. An expired CA
 * beside a valid one is in order, because both are there while one replaces the other.
 */
export const assertUsableBundle = (pem: string, use: BundleUse): void => {
  const blocks = [...pem.matchAll(block)].map(([text, label]) => ({ text, label: label ?? '' }));
  if (blocks.some(({ label }) => label.endsWith('PRIVATE KEY')))
    throw unusable(use, 'holds a private key: remove it and replace the key');
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE');
  const begun = pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (certificates.length === 0) throw unusable(use, 'holds no certificate');
  if (certificates.length < begun)
    throw unusable(use, 'holds a certificate without its last line: the value was truncated');
  assertSomeIsValid(
    certificates.map(({ text }, index) => parse(text, index + 1, use)),
    use,
  );
};
