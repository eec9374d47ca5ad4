import { connect } from 'node:tls';

const timeoutMs = 5000;

/** When the certificate served on port 443 expires. Nothing is sent, so the certificate need not be trusted. */
export const readCertificateEnd = (host: string, port = 443): Promise<Date | null> =>
  new Promise((resolve) => {
    const options = { host, port, servername: host, rejectUnauthorized: false, timeout: timeoutMs };
    const socket = connect(options);
    const answer = (end: Date | null): void => {
      socket.destroy();
      resolve(end);
    };
    socket.once('timeout', () => answer(null));
    socket.once('error', () => answer(null));
    socket.once('secureConnect', () => answer(new Date(socket.getPeerCertificate().valid_to)));
  });
