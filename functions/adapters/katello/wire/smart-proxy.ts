import { z } from 'zod';
import type { Capsule, CapsuleFeature } from '../../../ports/content.ts';
import { listOf } from './lenient.ts';

const featureSchema = z.object({ name: z.string(), capabilities: listOf(z.unknown()) }).transform(
  ({ name, capabilities }): CapsuleFeature => ({
    name,
    capabilities: capabilities.filter((capability) => typeof capability === 'string'),
  }),
);

/** Some responses contain each feature twice, and the copies can differ; use the capabilities of both. */
export const uniqueFeatures = (features: readonly CapsuleFeature[]): readonly CapsuleFeature[] => {
  const byName = new Map<string, ReadonlySet<string>>();
  for (const { name, capabilities } of features) {
    byName.set(name, new Set([...(byName.get(name) ?? []), ...capabilities]));
  }
  return [...byName].map(([name, capabilities]) => ({ name, capabilities: [...capabilities] }));
};

export const smartProxySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    url: z.string(),
    download_policy: z.string().nullish(),
    features: listOf(featureSchema),
    lifecycle_environments: listOf(z.object({ name: z.string() })),
  })
  .transform(
    (wire): Capsule => ({
      id: wire.id,
      name: wire.name,
      url: wire.url,
      features: uniqueFeatures(wire.features),
      lifecycleEnvironments: wire.lifecycle_environments.map(({ name }) => name),
      downloadPolicy: wire.download_policy ?? '',
    }),
  );

export const smartProxyListSchema = z
  .object({ results: z.array(smartProxySchema) })
  .transform(({ results }) => results);
