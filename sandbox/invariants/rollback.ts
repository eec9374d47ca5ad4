import { releasesLock } from '../../statemachine/readers/lock.ts';
import { begins, isInPhase } from '../../statemachine/readers/phases.ts';
import { stepRunBy } from '../../statemachine/readers/tasks.ts';
import { canonical } from '../aws/hosted-zones.ts';
import type { SimulatedExecution } from '../engine/execution.ts';
import { labels } from '../katello/labels.ts';
import { disorderOf, groupOf } from './at-rest.ts';
import { perRebuild, recordOf } from './bookkeeping.ts';
import { statesOf } from './history.ts';
import { ownTasksOf } from './katello-tasks.ts';
import type { Invariant, Snapshot } from './snapshot.ts';

/** What the record in the zone says, whatever resolvers still cache. */
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
    : `the record of ${controlName} points at ${record?.address}, not at ${only.id}`;
};

/** Katello may be what failed: then the record says that syncs are left. */
const openSyncs = (snapshot: Snapshot, proxy: string): string | null => {
  if ((recordOf(snapshot, proxy)?.leftSyncs.length ?? 0) > 0) return null;
  const refill = recordOf(snapshot, proxy)?.refill?.taskId;
  const open = ownTasksOf(snapshot, proxy).filter(
    ({ label, state, id }) => label === labels.sync && state !== 'stopped' && id !== refill,
  );
  return open.length === 0 ? null : `${open.length} of its syncs are still running or paused`;
};

const releasesLockAfterRollback = (state: string): boolean =>
  releasesLock(state) && isInPhase(state, 'rollback');

/** Auto Scaling has launched an instance since the rollback last looked; the heal of that one deals with it. */
const isOvertaken = (
  snapshot: Snapshot,
  proxy: string,
  { history }: SimulatedExecution,
): boolean => {
  const looked = history.findLast(({ state }) => stepRunBy(state) === 'rollBackProxy');
  const members = groupOf(snapshot, proxy)?.members() ?? [];
  return looked !== undefined && members.some(({ joinedAt }) => joinedAt >= looked.at.getTime());
};

/** While an execution followed a refill without the lock, another one may have begun to change the proxy. */
const isSomebodyElses = (
  snapshot: Snapshot,
  execution: SimulatedExecution,
  proxy: string,
): boolean =>
  statesOf(execution).some(begins('refill')) &&
  ((snapshot.holders.get(proxy)?.size ?? 0) > 0 || recordOf(snapshot, proxy)?.restorePoint != null);

/**
 * When a rollback reports that it is complete, it is. Runs in which AWS may have given stale answers, or in which
 * an instance died, are not judged.
 */
export const rollbackIsComplete: Invariant = {
  name: 'rollback-is-complete',
  check: perRebuild((snapshot, execution, proxy) => {
    const isJudged = snapshot.misledBy.size === 0 && !snapshot.disturbed.has(proxy);
    if (!isJudged || isOvertaken(snapshot, proxy, execution)) return null;
    if (isSomebodyElses(snapshot, execution, proxy)) return null;
    if (!statesOf(execution).some(releasesLockAfterRollback)) return null;
    const wrong =
      disorderOf(snapshot, proxy) ??
      strayControlName(snapshot, proxy) ??
      openSyncs(snapshot, proxy);
    return wrong === null ? null : `reported its rollback complete, but: ${wrong}`;
  }),
};
