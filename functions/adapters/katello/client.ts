import { type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import { type FailureName, isFailure, NamedFailure } from '../../domain/failures.ts';
import { describeConnectionError } from './connection-error.ts';
import { errorTextOf, oneLine } from './error-text.ts';
import { RefusedCertificate } from './refused-certificate.ts';

/** A service user and its personal access token. */
export interface KatelloCredentials {
  readonly login: string;
  readonly token: string;
}

export interface KatelloClientOptions {
  /** `https://katello.example.com`, without a path. */
  readonly url: string;
  readonly credentials: () => Promise<KatelloCredentials>;
  /** The connection to Katello, requested at each call. */
  readonly dispatcher: () => Promise<Dispatcher>;
  /** Has `credentials` and `dispatcher` read again: they may have been rotated. */
  readonly forgetSecrets?: () => void;
  readonly timeouts?: Partial<KatelloTimeouts>;
}

export interface KatelloTimeouts {
  readonly readMs: number;
  /** Foreman loads every task that a search lists. */
  readonly searchMs: number;
  /** Katello looks through all kept syncs of the proxy, and through its content view by view. */
  readonly statusMs: number;
  /** Foreman itself waits up to a minute for the Smart Proxy. */
  readonly refreshMs: number;
  /** Katello plans one chain of actions per repository before it answers. */
  readonly planMs: number;
}

const defaultTimeouts: KatelloTimeouts = {
  readMs: 30_000,
  searchMs: 60_000,
  statusMs: 120_000,
  refreshMs: 90_000,
  planMs: 300_000,
};

/** One API call. `requestId` is sent as `X-Request-Id`, which Foreman stores with the task that the call starts. */
export interface KatelloCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly requestId?: string;
  /** Another name of the same server, which its certificate has to cover; without it, the host of the URL. */
  readonly host?: string;
  readonly timeout?: keyof KatelloTimeouts;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const contentTypeJson = { 'content-type': 'application/json' };

/** Katello's API: authentication, time-outs, and the meaning of responses. Never follows redirects, never retries. */
export class KatelloClient {
  readonly #options: KatelloClientOptions;
  readonly #timeouts: KatelloTimeouts;
  /** Foreman blocks an address after 30 failed logins, so stop after the first one. */
  #isRejected = false;

  constructor(options: KatelloClientOptions) {
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
  }

  /** The user that owns the tasks started here. */
  async login(): Promise<string> {
    return (await this.#options.credentials()).login;
  }

  /** Makes a call and parses the response with the schema. */
  async call<Schema extends z.ZodType>(
    call: KatelloCall,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const answer = await this.#send(call);
    const json = parseJson(answer.body);
    const result = schema.safeParse(json);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const place = issue === undefined || json === undefined ? 'not JSON' : wrongPlace(issue);
    throw new NamedFailure(
      'UnexpectedAnswer',
      `Katello's answer to ${nameOf(call)} has an unexpected shape: ${place}. Check that katello.url points to Katello and that its version is supported.`,
    );
  }

  /** As `call`, but returns `null` on 404. */
  async find<Schema extends z.ZodType>(
    call: KatelloCall,
    schema: Schema,
  ): Promise<z.output<Schema> | null> {
    try {
      return await this.call(call, schema);
    } catch (error) {
      if (error instanceof AnsweredWithError && error.status === 404) return null;
      throw error;
    }
  }

  async #send(call: KatelloCall): Promise<Answer> {
    if (this.#isRejected) throw rejection(call, 'not retried after the first rejection');
    const answer = await this.#exchangeWithRenewal(call);
    if (answer.status >= 200 && answer.status < 300) return answer;
    const text = errorTextOf(answer.body);
    if (answer.status === 401) {
      this.#isRejected = true;
      throw rejection(call, text);
    }
    throw new AnsweredWithError(call, answer.status, text);
  }

  /** A rejection is tried again once, and only with other credentials than those that were rejected. */
  async #exchangeWithRenewal(call: KatelloCall): Promise<Answer> {
    const { credentials, forgetSecrets } = this.#options;
    const cached = await credentials();
    const answer = await this.#exchangeTrusting(call, cached);
    if (answer.status !== 401) return answer;
    forgetSecrets?.();
    const fresh = await credentials();
    if (fresh.login === cached.login && fresh.token === cached.token) return answer;
    return this.#exchangeTrusting(call, fresh);
  }

  /** A certificate is refused before anything is sent, so the call is repeated once if the CA was renewed. */
  async #exchangeTrusting(call: KatelloCall, credentials: KatelloCredentials): Promise<Answer> {
    const { dispatcher } = this.#options;
    const cached = await dispatcher();
    try {
      return await this.#exchange(call, credentials, cached);
    } catch (error) {
      if (!isFailure(error, 'CertificateRefused')) throw error;
      const fresh = await dispatcher();
      if (fresh === cached) throw error;
      return this.#exchange(call, credentials, fresh);
    }
  }

  async #exchange(
    call: KatelloCall,
    credentials: KatelloCredentials,
    dispatcher: Dispatcher,
  ): Promise<Answer> {
    const timeoutMs = this.#timeouts[call.timeout ?? 'readMs'];
    const url = new URL(call.path, this.#options.url);
    try {
      const response = await request(url, {
        dispatcher,
        method: call.method,
        query: { ...call.query },
        headers: headersFor(call, credentials),
        body: call.method === 'GET' ? null : JSON.stringify(call.body ?? {}),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      // Redact before truncating: part of a secret is still secret.
      const body = withoutSecrets(await response.body.text(), credentials);
      return { status: response.statusCode, body };
    } catch (error) {
      this.#options.forgetSecrets?.();
      const reason = withoutSecrets(describeConnectionError(error, url), credentials);
      // No cause: a library's error object could contain the request's headers.
      throw failedExchange(call, this.#options.url, error, reason);
    }
  }
}

const failedExchange = (
  call: KatelloCall,
  url: string,
  error: unknown,
  reason: string,
): NamedFailure => {
  if (!(error instanceof RefusedCertificate))
    return new NamedFailure('KatelloUnavailable', `No response to ${nameOf(call)} from ${reason}`);
  const { host } = new URL(url);
  if (call.host !== undefined && error.isForAnotherName)
    return new NamedFailure(
      'KatelloNameMismatch',
      `${host} is not the Katello called ${call.host} (katello.fqdn): ${reason}`,
    );
  return new NamedFailure(
    'CertificateRefused',
    `The certificate of ${host} was refused at ${nameOf(call)}: ${reason}`,
  );
};

/** A named failure that keeps the status of its response. */
export class AnsweredWithError extends NamedFailure {
  readonly status: number;

  constructor(call: KatelloCall, status: number, text: string) {
    super(failureFor(status), `Katello answered ${status} to ${nameOf(call)}: ${text}`);
    this.status = status;
  }
}

/** 408 and 429 ask for a later retry; Katello's 500 includes "the proxy's Pulp is not up yet". */
const failureFor = (status: number): FailureName => {
  if (status >= 500 || status === 408 || status === 429) return 'KatelloUnavailable';
  if (status === 403) return 'KatelloForbids';
  return status >= 400 ? 'KatelloRefused' : 'UnexpectedAnswer';
};

const rejection = (call: KatelloCall, text: string): NamedFailure =>
  new NamedFailure(
    'KatelloRejectsCredentials',
    `Katello rejected the login or the personal access token at ${nameOf(call)}: ${text}. Renew the token and store it in the parameters named under katello.credentials.`,
  );

const nameOf = ({ method, path }: KatelloCall): string => `${method} ${path}`;

const headersFor = (call: KatelloCall, { login, token }: KatelloCredentials) => ({
  accept: 'application/json;version=2',
  authorization: `Basic ${encoded(login, token)}`,
  ...(call.method === 'GET' ? {} : contentTypeJson),
  // TLS follows it: the server is asked for the certificate of this name.
  ...(call.host === undefined ? {} : { host: call.host }),
  ...(call.requestId === undefined ? {} : { 'x-request-id': call.requestId }),
});

const encoded = (login: string, token: string): string =>
  Buffer.from(`${login}:${token}`, 'utf8').toString('base64');

/** A server, or something in between, may quote what was sent to it. */
const withoutSecrets = (text: string, { login, token }: KatelloCredentials): string =>
  [encoded(login, token), token]
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, '…'), text);

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const longestPlace = 200;

/** Keys of a response can be anything, of any length. */
const wrongPlace = ({ path, message }: z.core.$ZodIssue): string =>
  `${oneLine(path.map(String).join('.'), longestPlace) || 'the whole'}: ${message}`;
