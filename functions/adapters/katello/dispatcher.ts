import { Agent, type Dispatcher } from 'undici';
import { verifyingConnector } from './verifying-connector.ts';

export interface DispatcherOptions {
  /** PEM of the CAs that signed the certificates of Katello and the proxies; no other CA is trusted. */
  readonly ca: string;
  readonly connectTimeoutMs?: number;
}

/** Maximum size of one response. The status of a proxy with thousands of repositories is far smaller. */
const maxResponseBytes = 64 * 1024 * 1024;

/**
 * Connections to Katello and to the proxies. HTTP/1.1 only, because `reset` (a fresh connection for each
 * marker) has no meaning on a multiplexed connection. No keep-alive: Lambda freezes between invocations, and a
 * connection that was idle meanwhile may be dead.
 */
export const katelloDispatcher = ({
  ca,
  connectTimeoutMs = 10_000,
}: DispatcherOptions): Dispatcher =>
  new Agent({
    allowH2: false,
    pipelining: 0,
    maxResponseSize: maxResponseBytes,
    connect: verifyingConnector({ ca, timeoutMs: connectTimeoutMs }),
  });
