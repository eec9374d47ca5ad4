import type { ProxyRecord } from './record.ts';

/**
 * Whether a rebuild or heal has verified that this instance holds its content. A proxy without a record reads as
 * unverified, whoever launched or attached its instance: not knowing is never taken for all being well.
 */
export const isVerified = (
  { lastRebuild }: Pick<ProxyRecord, 'lastRebuild'>,
  id: string,
): boolean => lastRebuild?.instanceId === id;

/** Instances are there, and none of them was ever verified. */
export const isUnverified = (
  record: Pick<ProxyRecord, 'lastRebuild'>,
  present: readonly string[],
): boolean => present.length > 0 && !present.some((id) => isVerified(record, id));
