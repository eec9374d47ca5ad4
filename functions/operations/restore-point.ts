import { NamedFailure } from '../domain/failures.ts';
import type { RestorePoint } from '../domain/record.ts';
import type { PortsWith } from '../ports/port-methods.ts';

/** The restore point of the running rebuild; without one, nothing may be changed. */
export const requireRestorePoint = async (
  ports: PortsWith<'ledger.read'>,
  proxyName: string,
): Promise<RestorePoint> => {
  const { restorePoint } = await ports.ledger.read(proxyName);
  if (restorePoint !== null) return restorePoint;
  throw new NamedFailure(
    'BaselineMissing',
    `${proxyName} no longer has a restore point; another execution has rolled it back`,
  );
};
