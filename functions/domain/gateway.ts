import type { ReportedGateway } from './content-report.ts';
import { NamedFailure } from './failures.ts';
import type { KnownContent } from './known-content.ts';

/** What the ledger keeps of a gateway. */
export const knownGateway = (gateway: ReportedGateway | null): KnownContent['gateway'] =>
  gateway && { repositories: gateway.repositories, public: gateway.public };

/** Whether clients pull container images through the gateway of this proxy, as far as is known. */
export const usesGateway = ({ instance, gateway }: KnownContent): boolean =>
  instance === null || (gateway?.repositories.length ?? 0) > 0;

/**
 * Repositories that the gateway of a replacement may serve without a login. Only the incumbent's own word of this
 * rebuild counts: since an older one, Katello may have closed a repository.
 */
export const publicNames = ({ isFresh, gateway }: KnownContent): readonly string[] =>
  isFresh ? (gateway?.public ?? []) : [];

const names = (found: readonly string[]): string => {
  const more = found.length > 5 ? `, and ${found.length - 5} more` : '';
  return `${found.slice(0, 5).join(', ')}${more}`;
};

/** Throws `GatewayIncomplete` if an instance has no gateway in place of one that knew repositories. */
export const assertHasGateway = (
  instanceId: string,
  known: KnownContent,
  gateway: ReportedGateway | null,
): void => {
  if (gateway !== null || (known.gateway?.repositories.length ?? 0) === 0) return;
  throw new NamedFailure(
    'GatewayIncomplete',
    `${instanceId} has no container gateway, and the old instance had one`,
  );
};

/** Throws `GatewayIncomplete` if clients of this instance could not pull what its Pulp serves. */
export const assertGatewayKnows = (instanceId: string, gateway: ReportedGateway): void => {
  if (gateway.unknown.length === 0) return;
  const reason = gateway.refusal === null ? '' : ` (${gateway.refusal})`;
  throw new NamedFailure(
    'GatewayIncomplete',
    `the container gateway of ${instanceId} does not know ${names(gateway.unknown)}${reason}`,
  );
};

/**
 * Whether Katello's list has reached the gateway: a list with newer rows than at the last look, or, at the first look,
 * one that has everything. What Katello leaves out of a newer list is not published any more.
 */
export const hasKatellosList = (gateway: ReportedGateway, lastRow: number | null): boolean => {
  if (gateway.newestRow === 0 || lastRow === null) return gateway.unknown.length === 0;
  return gateway.newestRow > lastRow;
};

/** What Katello's list lacks, or that it never arrived, for people. */
export const describeMissingList = (instanceId: string, { unknown }: ReportedGateway): string => {
  const lacking = unknown.length === 0 ? '' : `; it does not know ${names(unknown)}`;
  return `Katello's list of repositories has not reached the container gateway of ${instanceId}${lacking}`;
};
