/** The control name's A record in Route 53. Errors as in `GroupPort`. */
export interface DnsPort {
  /** The record's address; `null` when there is none. */
  readAddress(hostedZoneId: string, name: string): Promise<string | null>;
  /** Writes the record and returns the id of the change. */
  writeAddress(hostedZoneId: string, name: string, address: string): Promise<string>;
  /** Whether every authoritative server of Route 53 has the change. */
  isInSync(changeId: string): Promise<boolean>;
}

/** TTL of the control name's record. */
export const controlNameTtlSeconds = 30;
