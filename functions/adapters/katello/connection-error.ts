import { checkThePath } from '../../domain/timed-out-connection.ts';
import { RefusedCertificate, type ShownCertificate } from './refused-certificate.ts';

const unknownIssuer = 'its certificate is not signed by a CA given under katello.ca';

/** The meaning of a failed connection, by the code of the error. */
const advice: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  CERT_SIGNATURE_FAILURE: unknownIssuer,
  CERT_HAS_EXPIRED: 'its certificate, or the CA that signed it, has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; compare the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it does not speak TLS 1.2 or later',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS 1.2 or later on this port',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: `the name server does not answer: ${checkThePath}`,
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: `the connection timed out: ${checkThePath}`,
  ETIMEDOUT: `the connection timed out: ${checkThePath}`,
  EHOSTUNREACH: `there is no route to it: ${checkThePath}`,
  ENETUNREACH: `there is no route to it: ${checkThePath}`,
  UND_ERR_HEADERS_TIMEOUT: 'no response within the time-out',
  UND_ERR_BODY_TIMEOUT: 'the response was incomplete',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the response is too large',
};

const codeOf = (error: unknown): string => {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : 'unknown error';
};

const describeShown = ({ subject, issuer, names, validFrom, validTo }: ShownCertificate): string =>
  `subject ${subject}; names ${names}; issuer ${issuer}; valid from ${validFrom} to ${validTo}`;

/** With the name and port that was asked, and the code to search for. */
export const describeConnectionError = (error: unknown, { hostname, port }: URL): string => {
  const code = codeOf(error);
  const meaning = advice[code];
  const said = meaning === undefined ? code : `${meaning} (${code})`;
  const shown = error instanceof RefusedCertificate ? error.shown : null;
  const whole = shown === null ? said : `${said}. It shows: ${describeShown(shown)}`;
  return `${hostname}:${port || '443'}: ${whole}`;
};
