import { NamedFailure } from '../../domain/failures.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SsmClient } from './clients.ts';
import { readParameters } from './ssm-parameters.ts';

type Values = ReadonlyMap<string | undefined, string | undefined>;

/** Parameters that an execution environment of Lambda keeps in memory from one invocation to the next. */
export interface CachedSecrets {
  /** Reads one of these parameters; all of them are fetched in one call. */
  readonly among: (names: readonly string[]) => (name: string) => Promise<string>;
  /** Has the next read fetch them again, because one of them may have been rotated. */
  readonly forget: () => void;
}

const freshMs = 15 * 60_000;

const fetchValues = async (client: SsmClient, names: readonly string[]): Promise<Values> => {
  const parameters = await readParameters(client, names, { decrypt: true });
  return new Map(parameters.map(({ Name, Value }) => [Name, Value]));
};

const valueIn = (values: Values, name: string): string => {
  const value = values.get(name);
  if (value) return value;
  throw values.has(name)
    ? new NamedFailure('UnexpectedAnswer', `The parameter ${name} is empty`)
    : new NamedFailure('AwsRefused', `There is no parameter ${name}`);
};

/** Reads the value of a SecureString. No message and no error contains the value. */
export const readSecret = async (client: SsmClient, name: string): Promise<string> =>
  valueIn(await fetchValues(client, [name]), name);

export const cachedSecrets = (client: SsmClient, clock: Clock): CachedSecrets => {
  const cache = new Map<string, { readonly values: Values; readonly readAtMs: number }>();
  const valuesOf = async (names: readonly string[]): Promise<Values> => {
    const key = names.join(' ');
    const nowMs = clock.now().getTime();
    const known = cache.get(key);
    if (known !== undefined && nowMs - known.readAtMs < freshMs) return known.values;
    const values = await fetchValues(client, names);
    cache.set(key, { values, readAtMs: nowMs });
    return values;
  };
  return {
    among: (names) => async (name) => valueIn(await valuesOf(names), name),
    forget: () => cache.clear(),
  };
};
