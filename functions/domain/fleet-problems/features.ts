import { losesData, needsFeature } from '../features.ts';
import { type Check, eachProxy, repeated } from './check.ts';

const contentIsServed = eachProxy(({ features }, path) =>
  features !== undefined && !features.includes('pulpcore')
    ? [{ path: [...path, 'features'], text: 'must include pulpcore, which serves the content' }]
    : [],
);

const featuresAreUnique = eachProxy(({ features = [] }, path) =>
  repeated(
    features.map((value, index) => ({ value, path: [...path, 'features', index] })),
    (feature) => `repeats ${feature}: remove it`,
  ),
);

const featuresLoad = eachProxy(({ features = [] }, path) =>
  [...new Set(features)].flatMap((feature) => {
    const needed = needsFeature[feature];
    if (needed === undefined || features.includes(needed.feature)) return [];
    const text = `must include ${needed.feature} for ${feature}: ${needed.why}`;
    return [{ path: [...path, 'features'], text }];
  }),
);

/** Remote execution and Ansible log in to hosts with a key that every host trusts. */
const keyIsKept = eachProxy((proxy, path) => {
  const user = proxy.features?.find((feature) => feature === 'script' || feature === 'ansible');
  if (user === undefined || proxy.remoteExecutionKey !== undefined) return [];
  return [
    {
      path: [...path, 'remoteExecutionKey'],
      text:
        `is missing; the feature ${user} needs it, because a rebuild would generate a new key, ` +
        'which no host trusts: add the name of the SSM SecureString that holds the private key',
    },
  ];
});

const dataIsKept = eachProxy(({ features, persisted }, path) => {
  if (features === undefined || persisted === undefined) return [];
  return [...new Set(features)]
    .filter((feature) => losesData[feature] !== undefined && persisted[feature] === undefined)
    .map((feature) => ({
      path: [...path, 'persisted', feature],
      text:
        `is missing; a rebuild would lose ${losesData[feature]}: say where that is kept instead, ` +
        `or remove ${feature} from features`,
    }));
});

const persistedIsUsed = eachProxy(({ features, persisted }, path) =>
  Object.keys(persisted ?? {})
    .filter((key) => features !== undefined && !features.some((feature) => feature === key))
    .map((key) => ({
      path: [...path, 'persisted', key],
      text: `is not a feature of this proxy: add ${key} to features, or remove this line`,
    })),
);

export const featureChecks: readonly Check[] = [
  contentIsServed,
  featuresAreUnique,
  featuresLoad,
  keyIsKept,
  dataIsKept,
  persistedIsUsed,
];
