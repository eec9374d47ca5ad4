import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { RefusedCertificate, shownBy } from './refused-certificate.ts';

type Connector = buildConnector.connector;

export interface TrustOptions {
  /** PEM of every CA that is trusted; no other is. */
  readonly ca: string;
  readonly timeoutMs?: number;
  /** Where connections really go, for a world on loopback. */
  readonly reroute?: (options: buildConnector.Options) => buildConnector.Options;
}

const refusalOf = (socket: TLSSocket): RefusedCertificate | null => {
  if (socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  // Declared as an error, but Node stores the code of one.
  const code = String(socket.authorizationError ?? 'unknown reason');
  return new RefusedCertificate(code, certificate === undefined ? null : shownBy(certificate));
};

/**
 * Connects over TLS 1.2 or later and HTTP/1.1, and hands out verified connections only. Node would destroy a
 * refused connection together with its certificate, so that no message could say which one it was. Node verifies
 * here as well, but leaves the refusal to us: a connection that it did not authorize is destroyed before
 * anything is sent.
 */
export const verifyingConnector = ({ ca, timeoutMs, reroute }: TrustOptions): Connector => {
  const connect = buildConnector({
    ca,
    allowH2: false,
    maxCachedSessions: 0,
    rejectUnauthorized: false,
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  return (options, callback) =>
    connect(reroute?.(options) ?? options, (error, socket) => {
      if (error !== null || socket === null) return callback(error ?? new Error('no socket'), null);
      const refusal =
        socket instanceof TLSSocket ? refusalOf(socket) : new RefusedCertificate('no TLS', null);
      if (refusal === null) return callback(null, socket);
      socket.destroy();
      callback(refusal, null);
    });
};
