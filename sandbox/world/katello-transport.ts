import type { Dispatcher } from 'undici';
import { CertificateAuthority } from '../katello/certificates.ts';
import type { Exchange } from '../katello/edge.ts';
import { SimulatedHttpsServer } from '../katello/https-server.ts';
import { InProcessDispatcher } from '../katello/in-process-dispatcher.ts';
import { loopbackDispatcher } from '../katello/loopback-dispatcher.ts';

/** How functions reach Katello and the proxies of a simulated world. */
export interface KatelloTransport {
  /** PEM of the CA, as the fleet's parameter holds it. */
  readonly caPem: string;
  /** Whether time-outs of real sockets have to pass in real time. */
  readonly hasSockets: boolean;
  /** Lets the world's edge answer; returns the replacement for `katelloDispatcher` in Lambda. */
  readonly bind: (edge: Exchange) => (caPem: string) => Dispatcher;
  readonly close: () => Promise<void>;
}

/** Without sockets: for thousands of rebuilds. */
export const inProcess = (): KatelloTransport => ({
  caPem: 'no certificate is needed in process',
  hasSockets: false,
  bind: (edge) => {
    const dispatcher = new InProcessDispatcher(edge);
    return () => dispatcher;
  },
  close: () => Promise.resolve(),
});

/** Over real HTTPS on the loopback interface, with a CA of its own that the client has to trust. */
export const overHttps = async (hostNames: readonly string[]): Promise<KatelloTransport> => {
  const ca = await CertificateAuthority.create();
  let bound: Exchange | undefined;
  const late: Exchange = {
    barrier: (host, port) => bound?.barrier(host, port) ?? null,
    exchange: (host, request) => (bound === undefined ? 'refused' : bound.exchange(host, request)),
  };
  const server = await SimulatedHttpsServer.listen(late, { ca, hostNames });
  return {
    caPem: ca.pem,
    hasSockets: true,
    bind: (edge) => {
      bound = edge;
      let known: { readonly ca: string; readonly dispatcher: Dispatcher } | undefined;
      return (caPem) => {
        if (known?.ca !== caPem)
          known = {
            ca: caPem,
            dispatcher: loopbackDispatcher({ ca: caPem, port: server.port, barrier: edge.barrier }),
          };
        return known.dispatcher;
      };
    },
    close: () => server.close(),
  };
};
