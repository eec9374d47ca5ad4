/**
 * The part of the metadata reflection proposal that @peculiar/x509 needs to be loaded: it registers a few
 * classes without dependencies of their own. Must be imported before it.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

const getOwnMetadata = (key: unknown, target: object): unknown => metadata.get(target)?.get(key);

const defineMetadata = (key: unknown, value: unknown, target: object): void => {
  const entries = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, entries.set(key, value));
};

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { getMetadata: getOwnMetadata, getOwnMetadata, defineMetadata });
}
