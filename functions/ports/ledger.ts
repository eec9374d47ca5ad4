import type { ProxyRecord } from '../domain/record.ts';

/** Who holds the lock of a proxy. */
export interface LockHolder {
  readonly executionArn: string;
  readonly reason: string;
  readonly takenAt: Date;
}

/**
 * What outlives an execution, in DynamoDB. The lock itself is taken and released by the state machine;
 * only its holder writes a proxy's record. Errors as in `GroupPort`, and `RecordChanged` when a record was
 * written between our read and our write.
 */
export interface LedgerPort {
  read(proxyName: string): Promise<ProxyRecord>;
  /** Reads the record, applies `change`, writes it on the condition that nobody else has in between. */
  update(proxyName: string, change: (record: ProxyRecord) => ProxyRecord): Promise<ProxyRecord>;
  lockHolder(proxyName: string): Promise<LockHolder | null>;
  /**
   * True for the first owner of this key, and for it again until the claim is fulfilled; false for everyone
   * else: what is announced under a key is announced by one execution, also when its step is run twice.
   */
  claim(key: string, owner: string): Promise<boolean>;
  fulfil(key: string, owner: string): Promise<void>;
}
