import { createHash } from 'node:crypto';

/**
 * An id that is derived from its parts: a repeated call has the same id, so that AWS and Katello can be asked
 * whether it was made before. It has the form of a UUID.
 */
export const derivedId = (...parts: readonly string[]): string => {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end))
    .join('-');
};

/** Marks the launch template versions of a rebuild; the execution's name is unique for 90 days. */
export const candidatePrefix = 'smart-proxy-rebuilder candidate of ';
export const candidateDescription = (executionName: string): string =>
  `${candidatePrefix}${executionName}`;

/** Request ids of the syncs and counts that one execution may start. */
export const syncRequestId = (executionId: string, stage: string, attempt: number): string =>
  derivedId(executionId, 'sync', stage, String(attempt));
export const countRequestId = (executionId: string, purpose: string): string =>
  derivedId(executionId, 'count', purpose);
