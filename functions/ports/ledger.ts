import type { ContentKind, KnownContent } from '../domain/known-content.ts';
import type { ProxyRecord } from '../domain/record.ts';

/** The holder of a proxy's lock. */
export interface LockHolder {
  readonly executionArn: string;
  readonly reason: string;
  readonly takenAt: Date;
}

/**
 * State that outlives an execution, in DynamoDB. The state machine itself takes and releases the lock; only
 * the holder writes a proxy's record. Errors as in `GroupPort`, and `RecordChanged` when a record changed
 * between read and write.
 */
export interface LedgerPort {
  read(proxyName: string): Promise<ProxyRecord>;
  /** Reads the record, applies `change`, and writes it on the condition that it has not changed in between. */
  update(proxyName: string, change: (record: ProxyRecord) => ProxyRecord): Promise<ProxyRecord>;
  /** `null` if there is none; kept apart from the record, which every step reads and which has to stay small. */
  readContent(proxyName: string, kind: ContentKind): Promise<KnownContent | null>;
  writeContent(proxyName: string, kind: ContentKind, content: KnownContent): Promise<void>;
  lockHolder(proxyName: string): Promise<LockHolder | null>;
  /**
   * True for the first owner of this key, and again for the same owner until the claim is fulfilled; false for
   * everyone else. A message under a key is posted by one execution, even if its step runs twice.
   */
  claim(key: string, owner: string): Promise<boolean>;
  fulfil(key: string, owner: string): Promise<void>;
}
