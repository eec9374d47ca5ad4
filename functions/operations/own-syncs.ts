import { syncRequestId } from '../domain/derived-id.ts';
import { isFailure } from '../domain/failures.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import { hasEnded } from '../domain/task.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** The syncs after a rollback, beside the stages of a rebuild. */
export const refillStage = 'refill';

/** The maximum number of attempts in a fleet file. */
export const attemptsMax = 5;

const requestIdsOf = (owner: string): readonly string[] =>
  ['fill', 'changeover', refillStage].flatMap((stage) =>
    Array.from({ length: attemptsMax }, (_, index) => syncRequestId(owner, stage, index + 1)),
  );

export const stopNeeds = ['content.findTasks', 'content.stopTasks'] as const;
type StopPorts = PortsFor<typeof stopNeeds>;

/**
 * Asks Katello to stop the syncs that a rebuild started, including paused ones, and returns whether all of
 * them have ended. A sync that continued for a terminated instance would end with warnings.
 */
export const stopOwnSyncs = async (
  ports: StopPorts,
  { owner, capsuleId }: Pick<RestorePoint, 'owner' | 'capsuleId'>,
): Promise<boolean> => {
  if (capsuleId === null) return true;
  const tasks = await ports.content.findTasks(capsuleId, requestIdsOf(owner));
  const open = tasks.filter((task) => !hasEnded(task) || task.state === 'paused');
  if (open.length === 0) return true;
  await ports.content.stopTasks(open);
  return false;
};

/**
 * A request whose answer was lost may have started a sync that nothing follows, and that would stay paused
 * forever. When Katello cannot be asked to stop it, the next rebuild does.
 */
export const stopUnfollowedSyncs = async (
  ports: StopPorts & PortsWith<'ledger.update'>,
  proxy: string,
  own: Pick<RestorePoint, 'owner' | 'capsuleId'>,
): Promise<boolean> => {
  try {
    return await stopOwnSyncs(ports, own);
  } catch (error) {
    if (!isFailure(error)) throw error;
    await leaveSyncs(ports, proxy, own);
    return true;
  }
};

/** The record of a proxy, with syncs for the next rebuild to stop. */
export const withLeftSyncs = (
  record: ProxyRecord,
  { owner, capsuleId }: Pick<RestorePoint, 'owner' | 'capsuleId'>,
): ProxyRecord => {
  const others = record.leftSyncs.filter((left) => left.owner !== owner);
  return { ...record, leftSyncs: [...others, { owner, capsuleId }] };
};

/** Records syncs for the next rebuild to stop. */
export const leaveSyncs = async (
  { ledger }: PortsWith<'ledger.update'>,
  proxy: string,
  own: Pick<RestorePoint, 'owner' | 'capsuleId'>,
): Promise<void> => {
  if (own.capsuleId === null) return;
  await ledger.update(proxy, (old) => withLeftSyncs(old, own));
};

/** Stops the syncs that earlier rebuilds could not stop, and deletes the record once all have ended. */
export const stopLeftSyncs = async (
  ports: StopPorts & PortsWith<'ledger.update'>,
  proxy: string,
  { leftSyncs }: ProxyRecord,
): Promise<boolean> => {
  if (leftSyncs.length === 0) return true;
  for (const left of leftSyncs) if (!(await stopOwnSyncs(ports, left))) return false;
  await ports.ledger.update(proxy, (old) => ({ ...old, leftSyncs: [] }));
  return true;
};
