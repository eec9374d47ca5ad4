import { Agent, type Dispatcher } from 'undici';
import { verifyingConnector } from '../../functions/adapters/katello/verifying-connector.ts';
import { barrierError } from './barrier-error.ts';
import type { Exchange } from './edge.ts';
import { timeoutHeader } from './http.ts';

/**
 * `katelloDispatcher` for a world on loopback: every name of the world leads to one port, while SNI, the name in
 * the certificate and the CA are looked at as ever. Each request has a connection of its own, so that no idle
 * socket keeps a timer of the virtual clock.
 */
export const loopbackDispatcher = ({
  ca,
  port,
  barrier,
}: {
  /** PEM. */
  readonly ca: string;
  readonly port: number;
  readonly barrier: Exchange['barrier'];
}): Dispatcher => {
  const connect = verifyingConnector({
    ca,
    reroute: (options) => ({ ...options, hostname: '127.0.0.1', port: String(port) }),
  });
  const agent = new Agent({
    allowH2: false,
    pipelining: 0,
    connect: (options, callback) => {
      const wanted = options.port || '443';
      const met = barrier(options.hostname, Number(wanted));
      if (met === null) connect(options, callback);
      else callback(barrierError(met, options.hostname, wanted), null);
    },
  });
  return agent.compose((dispatch) => (options, handler) => {
    const headers = { ...options.headers, [timeoutHeader]: String(options.headersTimeout ?? '') };
    return dispatch({ ...options, headers }, handler);
  });
};
