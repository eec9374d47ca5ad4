import type { Capsule } from './capsule.ts';
import type { Mode } from './errors.ts';
import { renderEnvironmentList } from './render-capsule.ts';
import type { Searchable } from './search.ts';

/** A Smart Proxy record of Foreman; in Katello 5 a proxy with content has two. */
export interface SmartProxyRecord {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly features: readonly string[];
  /** `null` for Katello's own Smart Proxy, which is not a mirror. */
  readonly capsule: Capsule | null;
}

export const proxySearchFields = ['id', 'name', 'url', 'feature'] as const;

const classicIdOffset = 10_000;

/** The record of a proxy that has the features besides Pulp. */
export const classicIdOf = ({ description: { id } }: Capsule, mode: Mode): number =>
  mode === '4' ? id : id + classicIdOffset;

const recordsOf = (capsule: Capsule, mode: Mode): readonly SmartProxyRecord[] => {
  const { id, name, url, features } = capsule.description;
  if (mode === '4') return [{ id, name, url, features, capsule }];
  const isPulp = (feature: string): boolean => feature === 'Pulpcore';
  return [
    {
      id: classicIdOf(capsule, mode),
      name,
      url,
      features: features.filter((feature) => !isPulp(feature)),
      capsule,
    },
    {
      id,
      name: `${name}-pulp`,
      url: `https://${name}/pulp/api/v3/smart_proxy`,
      features: features.filter(isPulp),
      capsule,
    },
  ];
};

export const smartProxiesOf = (
  host: string,
  capsules: readonly Capsule[],
  mode: Mode,
): readonly SmartProxyRecord[] => [
  {
    id: 1,
    name: host,
    url: `https://${host}:9090`,
    features: ['Pulpcore', 'Templates', 'Logs', 'Registration'],
    capsule: null,
  },
  ...capsules.flatMap((capsule) => recordsOf(capsule, mode)),
];

export const searchableProxy = (record: SmartProxyRecord): Searchable => ({
  id: record.id,
  name: record.name,
  url: record.url,
  feature: record.features,
});

/** `repeats`: answers to writes hold each feature twice. */
export const renderSmartProxy = (record: SmartProxyRecord, repeats = 1) => {
  const capabilities = record.capsule?.capabilities ?? ['core', 'rpm'];
  const features = record.features.map((name, index) => ({
    capabilities: name === 'Pulpcore' ? capabilities : [],
    name,
    id: index + 3,
  }));
  return {
    created_at: '2026-01-05 08:00:00 UTC',
    updated_at: '2026-01-05 08:00:00 UTC',
    hosts_count: 0,
    name: record.name,
    id: record.id,
    url: record.url,
    remote_execution_pubkey: null,
    download_policy: record.capsule?.downloadPolicy ?? 'on_demand',
    supported_pulp_types:
      capabilities.length === 0 ? [] : ['ansible_collection', 'deb', 'docker', 'file', 'yum'],
    lifecycle_environments: record.capsule === null ? [] : renderEnvironmentList(record.capsule),
    features: Array.from({ length: repeats }, () => features).flat(),
  };
};
