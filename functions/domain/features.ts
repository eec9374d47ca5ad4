/** Features of a Smart Proxy, as the fleet file names them. */
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

/** Features whose state stands on the proxy's disk alone, and what a rebuild would lose. */
export const losesData: Partial<Record<Feature, string>> = {
  openscap: 'reports that wait to be sent, and stored full reports',
  tftp: 'boot files of pending builds',
  discovery: 'discovery images',
  dhcp: 'leases and reservations',
  dns: 'dynamic zones',
  puppetca: 'the Puppet CA, and with it the trust of every agent',
  salt: 'accepted minion keys',
  realm: 'the realm keytab',
};

/** Names as Foreman lists them in `features[].name`, where they differ by more than case. */
const foremanNames: Partial<Record<Feature, string>> = {
  'container-gateway': 'Container_Gateway',
  puppetca: 'Puppet CA',
};

/** The feature that a name of Foreman's stands for, `null` for one that the product does not know. */
export const featureOfForeman = (foremanName: string): Feature | null =>
  features.find(
    (feature) => (foremanNames[feature] ?? feature).toLowerCase() === foremanName.toLowerCase(),
  ) ?? null;
