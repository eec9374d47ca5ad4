import type { Dispatcher } from 'undici';
import { CertificateAuthority } from '../katello/certificates.ts';
import type { Exchange } from '../katello/edge.ts';
import { SimulatedHttpsServer } from '../katello/https-server.ts';
import { InProcessDispatcher } from '../katello/in-process-dispatcher.ts';
import { loopbackDispatcher } from '../katello/loopback-dispatcher.ts';
import { simulatedCa } from '../katello/simulated-ca.ts';

/** How functions reach Katello and the proxies of a simulated world. */
export interface KatelloTransport {
  /** PEM of the CAs, as the fleet's parameter holds them. */
  readonly caPem: string;
  /** Whether time-outs of real sockets have to pass in real time. */
  readonly hasSockets: boolean;
  /** Lets the world's edge answer; returns the replacement for `katelloDispatcher` in Lambda. */
  readonly bind: (edge: Exchange) => (caPem: string) => Dispatcher;
  readonly close: () => Promise<void>;
}

/** Without sockets: for thousands of rebuilds. */
export const inProcess = (): KatelloTransport => ({
  caPem: simulatedCa,
  hasSockets: false,
  bind: (edge) => {
    const dispatcher = new InProcessDispatcher(edge);
    return () => dispatcher;
  },
  close: () => Promise.resolve(),
});

export interface HostNames {
  readonly katello: readonly string[];
  readonly proxies: readonly string[];
}

/**
 * Over real HTTPS on the loopback interface. Katello has a certificate of the company, and the proxies have
 * certificates of Katello's own CA; the client has to trust both.
 */
export const overHttps = async (names: HostNames): Promise<KatelloTransport> => {
  const ca = await CertificateAuthority.create();
  const company = await CertificateAuthority.create('Simulated company CA');
  let bound: Exchange | undefined;
  const late: Exchange = {
    barrier: (host, port) => bound?.barrier(host, port) ?? null,
    exchange: (host, request) => (bound === undefined ? 'refused' : bound.exchange(host, request)),
    certificateOf: (host) => bound?.certificateOf?.(host) ?? 'trusted',
  };
  const server = await SimulatedHttpsServer.listen(late, {
    ca,
    customSigned: { hostNames: names.katello, ca: company },
    hostNames: [...names.katello, ...names.proxies],
  });
  return {
    caPem: `${company.pem}\n${ca.pem}\n`,
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
