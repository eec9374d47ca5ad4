import type { Faults } from '../faults/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { malformedJson, tooManyTries, unauthorized, unsupportedMediaType } from './errors.ts';
import type { SimulatedRequest } from './http.ts';

/**
 * After this many failed logins from one address, Foreman rejects every login from it until five minutes after the
 * last of them: `failed_login_attempts_limit` and `bruteforce_protection.rb` of Foreman.
 */
const failedLoginsAllowed = 30;
const lockedSeconds = 300;

/** Who may log in: the service user, unless a fault or too many failures keep it out. */
export class Login {
  /** How often too many failures have locked out the address of the functions. */
  lockouts = 0;
  readonly #login: string;
  #expected: string;
  readonly #faults: Faults;
  readonly #kernel: Kernel;
  #failedLogins = 0;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    { login, token }: { readonly login: string; readonly token: string },
    faults: Faults,
    kernel: Kernel,
  ) {
    this.#kernel = kernel;
    this.#login = login;
    this.#expected = basic(login, token);
    this.#faults = faults;
  }

  /** The former token is no longer accepted. */
  renew(token: string): void {
    this.#expected = basic(this.#login, token);
  }

  check(request: SimulatedRequest): void {
    if (this.#kernel.now() >= this.#failedAt + lockedSeconds * 1000) this.#failedLogins = 0;
    // A login that is not even tried does not prolong the lock.
    if (this.#failedLogins >= failedLoginsAllowed) throw tooManyTries();
    const given = request.headers['authorization'] ?? '';
    const isRejected = this.#faults.holds('katello-rejects-credentials');
    if (given === this.#expected && !isRejected) return;
    this.#failedLogins += 1;
    this.#failedAt = this.#kernel.now();
    if (this.#failedLogins === failedLoginsAllowed) this.lockouts += 1;
    throw unauthorized(loginIn(given));
  }
}

const basic = (login: string, token: string): string =>
  `Basic ${Buffer.from(`${login}:${token}`, 'utf8').toString('base64')}`;

const loginIn = (authorization: string): string =>
  Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString('utf8')
    .split(':')[0] ?? '';

/** The body of a write, which must be a JSON object and say so. */
export const parseBody = (request: SimulatedRequest): Readonly<Record<string, unknown>> => {
  if (request.method === 'GET') return {};
  const type = request.headers['content-type'] ?? '';
  if (request.method !== 'DELETE' && !type.startsWith('application/json')) {
    throw unsupportedMediaType(type);
  }
  try {
    const body: unknown = request.body === '' ? {} : JSON.parse(request.body);
    if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw malformedJson();
};
