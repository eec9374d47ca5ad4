import { ofFleet } from '../functions/domain/resource-names.ts';

/** Names that a deployment fixes because a person or another stack has to find what they stand for. */
export const stackNames = {
  shared: (fleet: string): string => `smart-proxy-shared-${fleet}`,
  proxy: (fleet: string, proxy: string): string => `smart-proxy-proxy-${ofFleet(fleet, proxy)}`,
  controller: (fleet: string): string => `smart-proxy-controller-${fleet}`,
} as const;

/** Where instances send the logs of their first boot. */
export const bootLogGroup = (fleet: string): string => `/smart-proxy-rebuilder/${fleet}/boot`;
