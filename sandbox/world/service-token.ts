import type { Parameters } from '../aws/parameters.ts';
import type { TokenPlace } from '../faults/sites.ts';
import { secrets } from './deployed-fleet.ts';

/** The personal access token of the service user, in Katello and in the parameter that the functions read. */
export class ServiceToken {
  readonly #current = { katello: secrets.token as string, parameter: secrets.token as string };
  readonly #writeIn: Readonly<Record<TokenPlace, (token: string) => void>>;
  #renewals = 0;

  constructor(
    parameters: Parameters,
    parameter: string,
    katello: { readonly renew: (token: string) => void },
  ) {
    this.#writeIn = {
      katello: (token) => katello.renew(token),
      parameter: (token) => parameters.put(parameter, token, 'SecureString'),
    };
  }

  /** Whether Katello rejects what the parameter holds. */
  get isRejected(): boolean {
    return this.#current.katello !== this.#current.parameter;
  }

  /** Renews the token in one place. Call what it returns once to have the other follow. */
  renew(first: TokenPlace): () => void {
    this.#renewals += 1;
    this.#write(first, `${secrets.token}-${this.#renewals}`);
    const other = first === 'katello' ? 'parameter' : 'katello';
    return () => this.#write(other, this.#current[first]);
  }

  #write(place: TokenPlace, token: string): void {
    this.#current[place] = token;
    this.#writeIn[place](token);
  }
}
