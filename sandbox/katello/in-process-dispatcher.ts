import { Dispatcher, errors } from 'undici';
import { RefusedCertificate } from '../../functions/adapters/katello/refused-certificate.ts';
import { barrierError } from './barrier-error.ts';
import { anotherHost, strangerName } from './certificates.ts';
import type { Exchange } from './edge.ts';
import { type Outcome, type SimulatedRequest, splitTarget } from './http.ts';

/**
 * The way to the simulated Katello without sockets: an answer takes microtasks, and neither real nor virtual
 * time. It takes the place of `katelloDispatcher` in Lambda.
 */
export class InProcessDispatcher extends Dispatcher {
  readonly #edge: Exchange;

  constructor(edge: Exchange) {
    super();
    this.#edge = edge;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const controller = new Controller(handler);
    queueMicrotask(() => {
      handler.onRequestStart?.(controller, {});
      if (!controller.aborted) this.#answer(options, handler, controller);
    });
    return true;
  }

  override close(callback?: () => void): Promise<void> {
    callback?.();
    return Promise.resolve();
  }

  override destroy(first?: Error | null | (() => void), callback?: () => void): Promise<void> {
    return this.close(typeof first === 'function' ? first : callback);
  }

  /** Clients ask for the certificate of the host that they name. */
  #refusalOf(name: string): Error | null {
    const shown = this.#edge.certificateOf?.(name) ?? 'trusted';
    if (shown === 'trusted') return null;
    return shown === 'untrusted' ? untrusted(name) : forAnotherName();
  }

  #answer(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    controller: Controller,
  ): void {
    const { hostname: host, port } = new URL(String(options.origin));
    const barrier = this.#edge.barrier(host, Number(port || 443));
    if (barrier !== null) {
      handler.onResponseError?.(controller, barrierError(barrier, host, port || '443'));
      return;
    }
    const request = requestIn(options, host);
    const refusal = this.#refusalOf(request.headers['host'] ?? host);
    if (refusal !== null) {
      handler.onResponseError?.(controller, refusal);
      return;
    }
    const outcome: Outcome = this.#edge.exchange(host, request);
    if (outcome === 'refused') {
      handler.onResponseError?.(controller, refused(host));
    } else if (outcome === 'lost') {
      handler.onResponseError?.(controller, new errors.SocketError('other side closed'));
    } else {
      const headers = { ...outcome.headers };
      handler.onResponseStart?.(controller, outcome.status, headers, '');
      handler.onResponseData?.(controller, Buffer.from(outcome.body, 'utf8'));
      handler.onResponseEnd?.(controller, {});
    }
  }
}

/** Nothing is ever under way long enough to be paused; an abort before the answer is honoured. */
class Controller implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  readonly #handler: Dispatcher.DispatchHandler;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  abort(reason: Error): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#handler.onResponseError?.(this, reason);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}

const certificate = (host: string, issuer: string) => ({
  subject: `CN=${host}`,
  issuer: `CN=${issuer}`,
  names: host,
  validFrom: 'Jan  1 00:00:00 2020 GMT',
  validTo: 'Jan  1 00:00:00 2099 GMT',
});

/** As `verifyingConnector` refuses a certificate of a CA that it does not know. */
const untrusted = (host: string): Error =>
  new RefusedCertificate('UNABLE_TO_VERIFY_LEAF_SIGNATURE', certificate(host, strangerName));

const forAnotherName = (): Error =>
  new RefusedCertificate(
    'ERR_TLS_CERT_ALTNAME_INVALID',
    certificate(anotherHost, 'Simulated Katello CA'),
  );

const refused = (host: string): Error =>
  Object.assign(new Error(`connect ECONNREFUSED ${host}:443`), { code: 'ECONNREFUSED' });

const requestIn = (options: Dispatcher.DispatchOptions, host: string): SimulatedRequest => {
  const query = new URLSearchParams(options.query);
  const target = splitTarget(options.path);
  for (const [name, value] of target.query) query.append(name, value);
  return {
    method: options.method,
    path: target.path,
    query,
    headers: { host, ...headersIn(options.headers) },
    body: typeof options.body === 'string' ? options.body : '',
    ...(options.headersTimeout && { timeoutMs: options.headersTimeout }),
  };
};

const headersIn = (headers: Dispatcher.DispatchOptions['headers']): Record<string, string> => {
  if (headers === null || headers === undefined) return {};
  if (Array.isArray(headers) || Symbol.iterator in headers) {
    throw new Error('the in-process dispatcher takes headers as an object');
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
};
