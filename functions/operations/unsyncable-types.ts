import { isFailure } from '../domain/failures.ts';
import type { PortsWith } from '../ports/port-methods.ts';

/**
 * Content types that the proxy is to sync and has no capability for. Katello computes them together with much else,
 * which can fail until a sync has been done (https://github.com/Katello/katello/pull/10835): then none are known, and
 * the counts after the sync decide.
 */
export const lookUpUnsyncable = async (
  { content }: PortsWith<'content.unsyncableTypes'>,
  capsuleId: number,
): Promise<readonly string[]> => {
  try {
    return await content.unsyncableTypes(capsuleId);
  } catch (error) {
    if (isFailure(error, 'KatelloUnavailable', 'UnexpectedAnswer')) return [];
    throw error;
  }
};
