import { NamedFailure } from '../domain/failures.ts';
import type { PortsFor } from '../ports/port-methods.ts';

/** What tells whose lock of which proxy it is. */
export interface LockedRun {
  readonly execution: { readonly id: string };
  readonly request: { readonly proxy: string };
}

export const lockNeeds = ['ledger.lockHolder'] as const;

/**
 * The state machine takes the lock once. A redriven execution resumes in the middle, long after it released
 * the lock, and perhaps while another execution holds it. `LockLost` keeps it from changing anything.
 */
export const requireLock = async (
  { ledger }: PortsFor<typeof lockNeeds>,
  { execution, request }: LockedRun,
): Promise<void> => {
  const owner = (await ledger.lockHolder(request.proxy))?.executionArn;
  if (owner === execution.id) return;
  throw new NamedFailure(
    'LockLost',
    `this execution no longer holds the lock of ${request.proxy}: ${owner === undefined ? 'it is free' : `${owner} holds it`}`,
  );
};
