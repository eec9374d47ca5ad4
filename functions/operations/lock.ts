import { NamedFailure } from '../domain/failures.ts';
import type { Run } from '../domain/run.ts';
import type { PortsFor } from '../ports/port-methods.ts';

export const lockNeeds = ['ledger.lockHolder'] as const;

/**
 * The state machine takes the lock once; an execution that was redriven goes on in the middle, long after
 * the lock was given up, and perhaps while another one holds it. `LockLost` keeps it from changing anything.
 */
export const requireLock = async (
  { ledger }: PortsFor<typeof lockNeeds>,
  { execution, request }: Pick<Run, 'execution' | 'request'>,
): Promise<void> => {
  const owner = (await ledger.lockHolder(request.proxy))?.executionArn;
  if (owner === execution.id) return;
  throw new NamedFailure(
    'LockLost',
    `the lock of ${request.proxy} is no longer this execution's: ${owner === undefined ? 'it is free' : `${owner} holds it`}`,
  );
};
