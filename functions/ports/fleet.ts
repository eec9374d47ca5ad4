import type { Fleet } from '../domain/fleet.ts';

/** The fleet as deployed. Throws `BadFleetConfiguration` naming the parameter, `AwsUnavailable`. */
export interface FleetPort {
  read(): Promise<Fleet>;
}
