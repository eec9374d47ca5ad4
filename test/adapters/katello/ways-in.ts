import type { Dispatcher } from 'undici';
import { CertificateAuthority } from '../../../sandbox/katello/certificates.ts';
import { Edge } from '../../../sandbox/katello/edge.ts';
import {
  type HttpsServerOptions,
  SimulatedHttpsServer,
} from '../../../sandbox/katello/https-server.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import { loopbackDispatcher } from '../../../sandbox/katello/loopback-dispatcher.ts';
import {
  controlName,
  host,
  type SmallWorld,
  serviceName,
} from '../../sandbox/katello/small-world.ts';

/** A dispatcher to a world, and how to give its sockets back. */
export interface WayIn {
  readonly dispatcher: Dispatcher;
  close(): Promise<void>;
}

export const inProcess = (
  world: SmallWorld,
  _options: Partial<HttpsServerOptions> = {},
): Promise<WayIn> =>
  Promise.resolve({
    dispatcher: new InProcessDispatcher(new Edge(world.katello)),
    close: () => Promise.resolve(),
  });

/** `trusted`: the CA that the client is given, where it is not the server's own. */
export const overHttps = async (
  world: SmallWorld,
  options: Partial<HttpsServerOptions> & { readonly trusted?: string } = {},
): Promise<WayIn> => {
  const ca = await CertificateAuthority.create();
  const hostNames = [host, controlName, serviceName];
  const edge = new Edge(world.katello);
  const server = await SimulatedHttpsServer.listen(edge, {
    ca,
    hostNames,
    ...options,
  });
  const dispatcher = loopbackDispatcher({
    ca: options.trusted ?? ca.pem,
    port: server.port,
    barrier: edge.barrier,
  });
  return {
    dispatcher,
    close: async () => {
      await dispatcher.close();
      await server.close();
    },
  };
};

export const waysIn = [
  ['in process', inProcess],
  ['over HTTPS', overHttps],
] as const;
