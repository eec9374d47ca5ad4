import type { RepositoryNames } from '../domain/content-counts.ts';
import type { Shortfall } from '../domain/content-verdict.ts';
import { isFailure } from '../domain/failures.ts';
import type { PortsWith } from '../ports/port-methods.ts';

/**
 * Names for a message about repositories that hold too little, and nothing else: they cost Katello a sync status. A
 * Katello that does not give them must not hide what is missing.
 */
export const lookUpNames = async (
  { content }: PortsWith<'content.repositoryNames'>,
  capsuleId: number,
  missing: readonly Shortfall[],
): Promise<RepositoryNames> => {
  if (missing.length === 0) return {};
  try {
    return await content.repositoryNames(capsuleId);
  } catch (error) {
    if (isFailure(error)) return {};
    throw error;
  }
};
