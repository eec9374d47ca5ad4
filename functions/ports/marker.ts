/** Which instance answers under a name, as seen from Katello's network. */
export interface MarkerPort {
  /**
   * Reads the instance marker (`https://<name>/pub/instance-id`) on `connections` fresh connections, one after
   * another. Each element is the instance id that answered, or `null`.
   */
  readMarkers(name: string, connections: number): Promise<readonly (string | null)[]>;
}
