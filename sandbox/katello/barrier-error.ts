import { errors } from 'undici';
import type { Barrier } from '../network/paths.ts';

/** The time-out that the product gives its dispatcher. */
const timeoutMs = 10_000;

/** What a client meets at a barrier: undici's own error, with its own words, or that of Node's resolver. */
export const barrierError = (barrier: Barrier, host: string, port: string): Error =>
  barrier === 'dropped'
    ? new errors.ConnectTimeoutError(
        `Connect Timeout Error (attempted address: ${host}:${port}, timeout: ${timeoutMs}ms)`,
      )
    : Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), { code: 'EAI_AGAIN' });
