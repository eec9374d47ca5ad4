import type { X509Certificate } from 'node:crypto';
import { oneLine } from './error-text.ts';

/** The parts of a certificate that tell an operator which one it is. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly names: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** The server chose these texts; a certificate may hold thousands of names. */
const longestPart = 200;
const part = (text: string | undefined): string =>
  oneLine((text ?? '').replaceAll('\n', ', '), longestPart) || 'none';

export const shownBy = (certificate: X509Certificate): ShownCertificate => ({
  subject: part(certificate.subject),
  issuer: part(certificate.issuer),
  names: part(certificate.subjectAltName?.replaceAll('DNS:', '')),
  validFrom: part(certificate.validFrom),
  validTo: part(certificate.validTo),
});

/** OpenSSL's codes for a certificate that no trusted CA has signed, whatever else may be wrong with it. */
const unknownIssuer = [
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** A TLS server was reached, but its certificate is not trusted; nothing was sent to it. */
export class RefusedCertificate extends Error {
  /** As OpenSSL or Node names the reason. */
  readonly code: string;
  readonly shown: ShownCertificate | null;

  constructor(code: string, shown: ShownCertificate | null) {
    super(`certificate refused: ${code}`);
    this.code = code;
    this.shown = shown;
  }

  get isForAnotherName(): boolean {
    return this.code === 'ERR_TLS_CERT_ALTNAME_INVALID';
  }

  get isFromUnknownIssuer(): boolean {
    return unknownIssuer.includes(this.code);
  }
}
