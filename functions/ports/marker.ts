/** Which instance answers under a name, seen from where Katello stands. */
export interface MarkerPort {
  /**
   * Reads the instance marker (`https://<name>/pub/instance-id`) on `connections` fresh connections, one
   * after the other. An element is the instance id that answered, or `null` when none did.
   */
  readMarkers(name: string, connections: number): Promise<readonly (string | null)[]>;
}
