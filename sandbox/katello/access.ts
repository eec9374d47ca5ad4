import type { Faults } from '../faults/fault.ts';
import { malformedJson, unauthorized, unsupportedMediaType } from './errors.ts';
import type { SimulatedRequest } from './http.ts';

/** After this many failed logins from one address, Foreman rejects every login from it. */
const failedLoginsAllowed = 30;

/** Who may log in: the service user, unless a fault or too many failures keep it out. */
export class Login {
  readonly #expected: string;
  readonly #faults: Faults;
  #failedLogins = 0;

  constructor(
    { login, token }: { readonly login: string; readonly token: string },
    faults: Faults,
  ) {
    this.#expected = `Basic ${Buffer.from(`${login}:${token}`, 'utf8').toString('base64')}`;
    this.#faults = faults;
  }

  check(request: SimulatedRequest): void {
    const given = request.headers['authorization'] ?? '';
    const isRejected = this.#faults.holds('katello-rejects-credentials');
    const isRight = given === this.#expected && this.#failedLogins < failedLoginsAllowed;
    if (isRight && !isRejected) return;
    // The address must not stay locked out when the fault ends.
    if (!isRejected) this.#failedLogins += 1;
    throw unauthorized(loginIn(given));
  }
}

const loginIn = (authorization: string): string =>
  Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString('utf8')
    .split(':')[0] ?? '';

/** The body of a write, which must be a JSON object and say so. */
export const parseBody = (request: SimulatedRequest): Readonly<Record<string, unknown>> => {
  if (request.method === 'GET') return {};
  const type = request.headers['content-type'] ?? '';
  if (request.method !== 'DELETE' && !type.startsWith('application/json')) {
    throw unsupportedMediaType();
  }
  try {
    const body: unknown = request.body === '' ? {} : JSON.parse(request.body);
    if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw malformedJson();
};
