import type { Fleet } from '../domain/fleet.ts';

/**
 * The fleet as deployed; a step of one proxy gets it with that proxy alone. Throws `BadFleetConfiguration` with the
 * name of the parameter, or `AwsUnavailable`.
 */
export interface FleetPort {
  read(): Promise<Fleet>;
}
