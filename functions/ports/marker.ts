/** Who answered one connection: an instance, or none that is known, and why not. */
export type MarkerAnswer =
  | { readonly instanceId: string }
  | {
      readonly instanceId: null;
      readonly reason: string;
      /**
       * Set when a TLS server answered whose certificate is not trusted. `unknown-issuer`: no CA in `katello.ca` has
       * signed it, so another certificate of the same CA will be refused, too.
       */
      readonly refused?: 'unknown-issuer' | 'other';
    };

/** Which instance answers under a name, as seen from Katello's network. */
export interface MarkerPort {
  /**
   * Reads the instance marker (`https://<name>/pub/instance-id`) on `connections` fresh connections, one after
   * another; an answer for each.
   */
  readMarkers(name: string, connections: number): Promise<readonly MarkerAnswer[]>;
}
