import { Agent, type Dispatcher } from 'undici';

/** PEM of the CA that signed Katello's and the proxies' certificates; no other CA is trusted. */
export interface DispatcherOptions {
  readonly ca: string;
  readonly connectTimeoutMs?: number;
}

/** Of one answer. The status of a proxy with thousands of repositories stays far below. */
const maxResponseBytes = 64 * 1024 * 1024;

/**
 * The way to Katello and to the proxies. HTTP/1.1 only, because `reset` (a fresh connection for each
 * marker) has no meaning on a multiplexed connection. No connection is kept: Lambda freezes between two
 * invocations, and what was idle meanwhile is dead without knowing it.
 */
export const katelloDispatcher = ({
  ca,
  connectTimeoutMs = 10_000,
}: DispatcherOptions): Dispatcher =>
  new Agent({
    allowH2: false,
    pipelining: 0,
    maxResponseSize: maxResponseBytes,
    maxCachedSessions: 0,
    connect: { ca, rejectUnauthorized: true, timeout: connectTimeoutMs },
  });
