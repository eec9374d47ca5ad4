import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import {
  anotherHost,
  CertificateAuthority,
  type ServerCertificate,
  strangerName,
  type Validity,
} from './certificates.ts';
import type { Exchange } from './edge.ts';
import { type Outcome, type SimulatedRequest, splitTarget, timeoutHeader } from './http.ts';

export interface HttpsServerOptions {
  readonly ca: CertificateAuthority;
  /** Host names whose certificates another CA has signed, as for a Katello with a certificate of the company. */
  readonly customSigned?: {
    readonly hostNames: readonly string[];
    readonly ca: CertificateAuthority;
  };
  /** All host names of the world: Katello's, the proxies' control names and service names. */
  readonly hostNames: readonly string[];
  /** For tests of the client: another certificate than the right one under this name. */
  readonly wrongCertificates?: Readonly<Record<string, { name: string; validity?: Validity }>>;
}

/**
 * The simulated Katello and all proxies on one TLS listener of the loopback interface. SNI decides which
 * certificate is shown, the Host header of each request who answers it.
 */
export class SimulatedHttpsServer {
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async listen(edge: Exchange, options: HttpsServerOptions): Promise<SimulatedHttpsServer> {
    const trusted = await contextsFor(options);
    const stranger = await CertificateAuthority.create(strangerName);
    const untrusted = await contextsFor({ ca: stranger, hostNames: options.hostNames });
    const other = (await contextsFor({ ca: options.ca, hostNames: [anotherHost] })).get(
      anotherHost,
    );
    const contextFor = (name: string): SecureContext | undefined => {
      const shown = edge.certificateOf?.(name) ?? 'trusted';
      if (shown === 'for-another-name') return other;
      return (shown === 'trusted' ? trusted : untrusted).get(name);
    };
    const server = createServer(
      {
        SNICallback: (name, callback) => {
          const context = contextFor(name);
          if (context === undefined) callback(new Error(`no host is called ${name}`));
          else callback(null, context);
        },
      },
      (request, response) => void answer(edge, request, response),
    );
    server.on('tlsClientError', ignore);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SimulatedHttpsServer(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** A client that does not trust us says so and goes away: that is its right. */
const ignore = (): void => {};

const contextsFor = async ({
  ca,
  customSigned,
  hostNames,
  wrongCertificates,
}: HttpsServerOptions): Promise<ReadonlyMap<string, SecureContext>> => {
  const contexts = new Map<string, SecureContext>();
  for (const name of new Set(hostNames)) {
    const wrong = wrongCertificates?.[name];
    const signer = customSigned?.hostNames.includes(name) ? customSigned.ca : ca;
    const certificate: ServerCertificate = await signer.issue(wrong?.name ?? name, wrong?.validity);
    contexts.set(name, createSecureContext({ cert: certificate.cert, key: certificate.key }));
  }
  return contexts;
};

const answer = async (
  edge: Exchange,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const request = await read(message);
    const host = request.headers['host']?.replace(/:\d+$/, '') ?? '';
    send(edge.exchange(host, request), response);
  } catch (error) {
    response.destroy(error instanceof Error ? error : undefined);
  }
};

/** A refused connection and a lost answer look alike once TLS stands: the connection closes. */
const send = (outcome: Outcome, response: ServerResponse): void => {
  if (outcome === 'refused' || outcome === 'lost') {
    response.destroy();
    return;
  }
  response.writeHead(outcome.status, { ...outcome.headers });
  response.end(outcome.body);
};

const read = async (message: IncomingMessage): Promise<SimulatedRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: message.method ?? 'GET',
    ...splitTarget(message.url ?? '/'),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
    ...(message.headers[timeoutHeader] && { timeoutMs: Number(message.headers[timeoutHeader]) }),
  };
};
