/** The state machines; their definitions are `statemachine/<name>.asl.json`. */
export const machineNames = ['rebuild-fleet', 'rebuild-proxy'] as const;
export type MachineName = (typeof machineNames)[number];

/** Neither name has two hyphens in a row, so this name is unique to the pair. */
export const ofFleet = (fleet: string, proxy: string): string => `${fleet}--${proxy}`;

/**
 * The names of deployed resources, for the CDK app, the functions and the sandbox. `fleet` and `proxy` are
 * the names in the fleet file.
 */
const root = (fleet: string): string => `/smart-proxy-rebuilder/${fleet}`;

export const resourceNames = {
  group: (fleet: string, proxy: string): string => `smart-proxy-${ofFleet(fleet, proxy)}`,
  /** Prefix of the parameters that hold the configuration. */
  configuration: (fleet: string): string => `${root(fleet)}/config`,
  /** Parameter with the fleet without its proxies, as JSON. */
  fleetParameter: (fleet: string): string => `${root(fleet)}/config/fleet`,
  /** Parameter with one proxy, as JSON. */
  proxyParameter: (fleet: string, proxy: string): string =>
    `${root(fleet)}/config/proxies/${proxy}`,
  /** Prefix of all parameters that hold an image id. */
  imageParameters: (fleet: string): string => `${root(fleet)}/images`,
  /** Parameter from which a proxy's launch template resolves its image. */
  proxyImageParameter: (fleet: string, proxy: string): string =>
    `${root(fleet)}/images/proxies/${proxy}`,
  /** Parameter with the ARN of a state machine, to start executions by hand. */
  stateMachineParameter: (fleet: string, machine: MachineName): string =>
    `${root(fleet)}/state-machines/${machine}`,
  /** Parameter with the name of the ledger's table. */
  ledgerTableParameter: (fleet: string): string => `${root(fleet)}/ledger-table`,
  /** Parameter with the fleet's promoted image. */
  currentImageParameter: (fleet: string): string => `${root(fleet)}/images/current`,
} as const;

/** Key of the package list of an image in the artifacts bucket; the bake writes it. */
export const packageListKey = (imageId: string): string => `images/${imageId}/packages.txt`;

/** Folder of the content reports of a proxy's instances in the artifacts bucket; an instance writes them. */
export const contentReportPrefix = (proxy: string): string => `content-reports/${proxy}/`;

/** Tags on images, snapshots and instances. */
export const tagNames = {
  fleet: 'smart-proxy-rebuilder:fleet',
  proxy: 'smart-proxy-rebuilder:proxy',
  rebuild: 'smart-proxy-rebuilder:rebuild',
  imageState: 'smart-proxy-rebuilder:state',
  foremanVersion: 'smart-proxy-rebuilder:foreman-version',
  katelloVersion: 'smart-proxy-rebuilder:katello-version',
  features: 'smart-proxy-rebuilder:features',
  sourceImage: 'smart-proxy-rebuilder:source-image',
} as const;
