import { NamedFailure } from '../../domain/failures.ts';
import type { Capsule } from '../../ports/content.ts';
import { AnsweredWithError, type KatelloClient } from './client.ts';
import { smartProxyListSchema, smartProxySchema, uniqueFeatures } from './wire/smart-proxy.ts';

/**
 * Katello 5 has two Smart Proxies per host: `<name>` with the classic features and `<name>-pulp` with
 * Pulpcore. They are presented as one capsule, with the id of the record that is synced.
 */
const pulpSuffix = '-pulp';

const hasPulpcore = (capsule: Capsule): boolean =>
  capsule.features.some(({ name }) => name === 'Pulpcore');

/** The records of one host, excluding other names with the same prefix, however the server matches. */
const readRecords = async (client: KatelloClient, name: string): Promise<readonly Capsule[]> => {
  const names = [name, `${name}${pulpSuffix}`];
  const search = names.map((one) => `name="${one}"`).join(' or ');
  const records = await client.call(
    { method: 'GET', path: '/api/smart_proxies', query: { search, per_page: '100' } },
    smartProxyListSchema,
  );
  const byId = new Map(records.map((record) => [record.id, record] as const));
  return [...byId.values()].filter((record) => names.includes(record.name));
};

const merge = (name: string, records: readonly Capsule[]): Capsule | null => {
  const synced = records.find(
    (record) => hasPulpcore(record) && (record.name === name || isPulpOf(record, name)),
  );
  if (synced === undefined) return null;
  const classic = records.find((record) => record.name === name) ?? synced;
  const features = uniqueFeatures(records.flatMap((record) => record.features));
  return { ...synced, name, url: classic.url, features };
};

const isPulpOf = (record: Capsule, name: string): boolean => record.name === `${name}${pulpSuffix}`;

export const findCapsule = async (client: KatelloClient, name: string): Promise<Capsule | null> =>
  merge(name, await readRecords(client, name));

/** The record that Foreman sends jobs to, which is the classic one; throws `CapsuleNotFound` when it shows none. */
export const findJobProxy = async (client: KatelloClient, name: string): Promise<number> => {
  const record = (await readRecords(client, name)).find((one) => one.name === name);
  if (record !== undefined) return record.id;
  throw new NamedFailure('CapsuleNotFound', `GET /api/smart_proxies shows no Smart Proxy ${name}`);
};

const refresh = async (client: KatelloClient, id: number): Promise<Capsule> => {
  try {
    return await client.call(
      { method: 'PUT', path: `/api/smart_proxies/${id}/refresh`, timeout: 'refreshMs' },
      smartProxySchema,
    );
  } catch (error) {
    if (!(error instanceof AnsweredWithError && error.status === 422)) throw error;
    throw new NamedFailure('FeaturesNotRefreshed', error.message);
  }
};

/** Refreshes the synced record and, where there is one, the classic record next to it. */
export const refreshCapsule = async (client: KatelloClient, id: number): Promise<Capsule> => {
  const synced = await refresh(client, id);
  if (!synced.name.endsWith(pulpSuffix)) return synced;
  const name = synced.name.slice(0, -pulpSuffix.length);
  const others = (await readRecords(client, name)).filter((record) => record.id !== id);
  const refreshed: Capsule[] = [];
  for (const other of others) refreshed.push(await refresh(client, other.id));
  return merge(name, [...refreshed, synced]) ?? synced;
};
