/** The features of a Smart Proxy, by their names in the fleet file. */
export const features = [
  'pulpcore',
  'registration',
  'templates',
  'logs',
  'httpboot',
  'container-gateway',
  'script',
  'ansible',
  'openscap',
  'tftp',
  'discovery',
  'dhcp',
  'dns',
  'puppet',
  'puppetca',
  'salt',
  'realm',
  'bmc',
] as const;

export type Feature = (typeof features)[number];

/** Features whose data is on the proxy's disk only, and what a rebuild would lose. */
export const losesData: Partial<Record<Feature, string>> = {
  openscap: 'unsent reports and stored full reports',
  tftp: 'boot files of pending builds',
  discovery: 'discovery images',
  dhcp: 'leases and reservations',
  dns: 'dynamic zones',
  puppetca: 'the Puppet CA, and with it the trust of every agent',
  salt: 'accepted minion keys',
  realm: 'the realm keytab',
};

/** Features that do not load, or have nothing to serve, without another one; with the reason. */
export const needsFeature: Partial<
  Record<Feature, { readonly feature: Feature; readonly why: string }>
> = {
  // https://github.com/theforeman/smart-proxy/blob/develop/modules/registration/registration_plugin.rb
  registration: {
    feature: 'templates',
    why: 'its module of smart-proxy requires that of templates',
  },
  // Without tftp the installer makes no /var/lib/tftpboot, which is the directory that httpboot serves.
  httpboot: { feature: 'tftp', why: 'it serves the boot files of tftp' },
};

/** Foreman's names in `features[].name` that differ by more than case. */
const foremanNames: Partial<Record<Feature, string>> = {
  'container-gateway': 'Container_Gateway',
  puppetca: 'Puppet CA',
};

/** The feature that has this name in Foreman; `null` if the product does not know it. */
export const featureOfForeman = (foremanName: string): Feature | null =>
  features.find(
    (feature) => (foremanNames[feature] ?? feature).toLowerCase() === foremanName.toLowerCase(),
  ) ?? null;
