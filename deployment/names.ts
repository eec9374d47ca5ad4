import type { MachineName } from '../functions/domain/resource-names.ts';

/** The path of the roles of instances, by which the controller may pass them and no other. */
export const machineRolePath = (fleet: string): string => `/smart-proxy-rebuilder/${fleet}/`;

/** Fixed, so that a role may name the machine that its own functions belong to. */
export const machineName = (fleet: string, machine: MachineName): string =>
  `smart-proxy-${fleet}-${machine}`;
