import type { Fleet } from '../domain/fleet.ts';

/** The fleet as deployed. Throws `BadFleetConfiguration` with the name of the parameter, or `AwsUnavailable`. */
export interface FleetPort {
  read(): Promise<Fleet>;
}
