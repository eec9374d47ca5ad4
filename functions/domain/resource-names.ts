/** The state machines; their definitions are `statemachine/<name>.asl.json`. */
export const machineNames = ['rebuild-fleet', 'rebuild-proxy'] as const;
export type MachineName = (typeof machineNames)[number];

/** Neither name has two hyphens in a row, so no other fleet and proxy have this one together. */
export const ofFleet = (fleet: string, proxy: string): string => `${fleet}--${proxy}`;

/**
 * Names of what a deployment makes, written once for the CDK app, the functions and the sandbox.
 * `fleet` and `proxy` are the names of the fleet file.
 */
const root = (fleet: string): string => `/smart-proxy-rebuilder/${fleet}`;

export const resourceNames = {
  group: (fleet: string, proxy: string): string => `smart-proxy-${ofFleet(fleet, proxy)}`,
  /** Prefix of the parameters that hold what is configured. */
  configuration: (fleet: string): string => `${root(fleet)}/config`,
  /** Parameter with the whole fleet but its proxies, as JSON. */
  fleetParameter: (fleet: string): string => `${root(fleet)}/config/fleet`,
  /** Parameter with one proxy, as JSON. */
  proxyParameter: (fleet: string, proxy: string): string =>
    `${root(fleet)}/config/proxies/${proxy}`,
  /** Prefix of all parameters that hold an image id. */
  imageParameters: (fleet: string): string => `${root(fleet)}/images`,
  /** Parameter that a proxy's launch template resolves its image from. */
  proxyImageParameter: (fleet: string, proxy: string): string =>
    `${root(fleet)}/images/proxies/${proxy}`,
  /** Parameter with the ARN of a state machine, for those who start executions by hand. */
  stateMachineParameter: (fleet: string, machine: MachineName): string =>
    `${root(fleet)}/state-machines/${machine}`,
  /** Parameter with the name of the ledger's table. */
  ledgerTableParameter: (fleet: string): string => `${root(fleet)}/ledger-table`,
  /** Parameter with the fleet's promoted image. */
  currentImageParameter: (fleet: string): string => `${root(fleet)}/images/current`,
} as const;

/** Key of an image's list of packages in the artifacts bucket; the bake writes it. */
export const packageListKey = (imageId: string): string => `images/${imageId}/packages.txt`;

/** Tags on images, snapshots and instances. */
export const tagNames = {
  fleet: 'smart-proxy-rebuilder:fleet',
  proxy: 'smart-proxy-rebuilder:proxy',
  rebuild: 'smart-proxy-rebuilder:rebuild',
  imageState: 'smart-proxy-rebuilder:state',
  foremanVersion: 'smart-proxy-rebuilder:foreman-version',
  katelloVersion: 'smart-proxy-rebuilder:katello-version',
  sourceImage: 'smart-proxy-rebuilder:source-image',
} as const;
