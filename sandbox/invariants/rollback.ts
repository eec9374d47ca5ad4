import { releasesLock } from '../../statemachine/readers/lock.ts';
import { isInPhase } from '../../statemachine/readers/phases.ts';
import { canonical } from '../aws/hosted-zones.ts';
import { labels } from '../katello/labels.ts';
import { disorderOf, groupOf } from './at-rest.ts';
import { perRebuild, recordOf } from './bookkeeping.ts';
import { statesOf } from './history.ts';
import { ownTasksOf } from './katello-tasks.ts';
import type { Invariant, Snapshot } from './snapshot.ts';

/** Where the zone says that Katello finds the proxy, however long resolvers remember otherwise. */
const strayControlName = (snapshot: Snapshot, proxy: string): string | null => {
  const { world } = snapshot;
  const { fleet, machines, aws } = world;
  const controlName = fleet.proxies.find(({ name }) => name === proxy)?.controlName;
  const only = groupOf(snapshot, proxy)?.members()[0];
  if (controlName === undefined || only === undefined) return null;
  const record = aws.zones
    .records(fleet.network.hostedZone.id)
    .find(({ name }) => name === canonical(controlName));
  return record?.address === machines.get(only.id)?.privateIp
    ? null
    : `${controlName} is written to lead to ${record?.address}, not to ${only.id}`;
};

/** Katello may be what failed: then the record says that syncs are left. */
const openSyncs = (snapshot: Snapshot, proxy: string): string | null => {
  if ((recordOf(snapshot, proxy)?.leftSyncs.length ?? 0) > 0) return null;
  const open = ownTasksOf(snapshot, proxy).filter(
    ({ label, state }) => label === labels.sync && state !== 'stopped',
  );
  return open.length === 0 ? null : `${open.length} of its syncs go on or are paused`;
};

const releasesLockAfterRollback = (state: string): boolean =>
  releasesLock(state) && isInPhase(state, 'rollback');

/**
 * A rebuild that says that everything is put back has put it back, then and there. What AWS answered it may
 * have been old, where that can happen; and what dies meanwhile is not its doing.
 */
export const rollbackIsComplete: Invariant = {
  name: 'rollback-is-complete',
  check: perRebuild((snapshot, execution, proxy) => {
    const isJudged = snapshot.misledBy.size === 0 && !snapshot.disturbed.has(proxy);
    if (!isJudged || !statesOf(execution).some(releasesLockAfterRollback)) return null;
    const wrong =
      disorderOf(snapshot, proxy) ??
      strayControlName(snapshot, proxy) ??
      openSyncs(snapshot, proxy);
    return wrong === null ? null : `has put everything back, but: ${wrong}`;
  }),
};
