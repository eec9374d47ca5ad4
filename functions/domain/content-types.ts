/**
 * The capability of Pulp that a content type of Katello needs: `pulp3_plugin` in
 * https://github.com/Katello/katello/tree/master/lib/katello/repository_types.
 */
const capabilityFor: ReadonlyMap<string, string> = new Map([
  ['ansible_collection', 'ansible'],
  ['deb', 'deb'],
  ['docker', 'container'],
  ['file', 'file'],
  ['ostree', 'ostree'],
  ['python', 'python'],
  ['yum', 'rpm'],
]);

interface WithFeatures {
  readonly features: readonly { readonly name: string; readonly capabilities: readonly string[] }[];
}

/** Content types that a proxy is to sync and has no capability for; types unknown here are not among them. */
export const unsyncableTypes = (
  { features }: WithFeatures,
  contentTypes: readonly string[],
): readonly string[] => {
  const pulp = features.find(({ name }) => name === 'Pulpcore');
  return contentTypes.filter((type) => {
    const needed = capabilityFor.get(type);
    return needed !== undefined && pulp?.capabilities.includes(needed) !== true;
  });
};
