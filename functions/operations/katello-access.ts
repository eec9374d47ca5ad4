import { NamedFailure } from '../domain/failures.ts';
import { type KatelloAccess, missingAccess } from '../domain/katello-access.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** The version that Katello runs; throws when one of its own services fails. */
export const healthyVersion = async ({ content }: PortsWith<'content.health'>): Promise<string> => {
  const { version, failing } = await content.health();
  if (failing.length === 0) return version;
  throw new NamedFailure('KatelloNotWell', `Katello's own services fail: ${failing.join('; ')}`);
};

export const accessNeeds = ['content.access', 'content.verifyName'] as const;

/**
 * What a rebuild of any proxy needs from Katello: the name that the proxies know it by, and a user that may do
 * everything and see something. Missing permissions and taxonomies are named all at once.
 */
export const requireAccess = async ({
  content,
}: PortsFor<typeof accessNeeds>): Promise<KatelloAccess> => {
  await content.verifyName();
  const access = await content.access();
  const missing = missingAccess(access);
  if (missing.length === 0) return access;
  throw new NamedFailure(
    'KatelloForbids',
    `the service user ${access.login} may not do enough in Katello: ${missing.join('; ')}`,
  );
};
