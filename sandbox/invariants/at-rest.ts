import { candidatePrefix } from '../../functions/domain/derived-id.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { ledgerTable } from '../world/deployed-fleet.ts';
import { recordOf } from './bookkeeping.ts';
import { ownTasksOf } from './katello-tasks.ts';
import { type Invariant, perProxy, type Snapshot } from './snapshot.ts';

const atRest = (
  check: (snapshot: Snapshot, proxy: string) => string | null,
): Invariant['check'] => {
  const checkAll = perProxy(check);
  return (snapshot) => (snapshot.isQuiet ? checkAll(snapshot) : []);
};

export const groupOf = ({ world }: Snapshot, proxy: string) =>
  world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));

/** What is not as it should be with sizes, launch template, processes, protection and lifecycle states. */
export const disorderOf = (snapshot: Snapshot, proxy: string): string | null => {
  const group = groupOf(snapshot, proxy);
  if (group === undefined) return 'its group is gone';
  const { min, max, desired } = group.sizes;
  const members = group.members();
  // What a person has suspended, a person resumes.
  const left = [...group.suspended].filter((process) => !group.suspendedByHand.has(process));
  const problems = [
    min !== 1 || max !== 2 || desired !== 1
      ? `sizes ${min}/${desired}/${max} instead of 1/1/2`
      : '',
    group.template.version !== '1'
      ? `launch template version ${group.template.version} instead of 1`
      : '',
    left.length > 0 ? `suspended: ${left.join(', ')}` : '',
    members.length !== 1 ? `${members.length} instances instead of one` : '',
    ...members.map(({ id, state, isProtected }) =>
      state !== 'InService' || isProtected
        ? `${id} is ${state}${isProtected ? ', protected' : ''}`
        : '',
    ),
  ].filter((problem) => problem !== '');
  return problems.length === 0 ? null : problems.join('; ');
};

export const groupIsInOrder: Invariant = {
  name: 'group-is-in-order',
  check: atRest(disorderOf),
};

/** The control name leads to the instance that serves. */
export const controlNameIsRight: Invariant = {
  name: 'control-name-is-right',
  check: atRest((snapshot, name) => {
    const { world } = snapshot;
    const controlName = world.fleet.proxies.find((proxy) => proxy.name === name)?.controlName;
    const only = groupOf(snapshot, name)?.members()[0];
    if (controlName === undefined || only === undefined) return null;
    const address = world.aws.zones.resolve(controlName, { cachedForSeconds: 0 });
    const wanted = world.machines.get(only.id)?.privateIp;
    return address === wanted
      ? null
      : `${controlName} leads to ${address}, not to ${wanted} of ${only.id}`;
  }),
};

/** Of the versions that rebuilds have made of a launch template none is left. */
export const noCandidateIsLeft: Invariant = {
  name: 'no-candidate-is-left',
  check: atRest(({ world }, name) => {
    const templateId = world.proxies.get(name)?.templateId;
    const left = world.aws.templates
      .all()
      .filter((version) => version.templateId === templateId)
      .filter(({ description }) => description.startsWith(candidatePrefix));
    return left.length === 0 ? null : `${left.length} candidate versions are left`;
  }),
};

/** A proxy that is rebuilt launches, from then on, from the image that it was rebuilt from. */
export const verifiedImageIsPublished: Invariant = {
  name: 'verified-image-is-published',
  check: atRest((snapshot, name) => {
    const { world } = snapshot;
    const only = groupOf(snapshot, name)?.members()[0];
    const imageId = world.machines.get(only?.id ?? '')?.imageId;
    if (imageId === undefined || recordOf(snapshot, name)?.lastRebuild?.instanceId !== only?.id)
      return null;
    const parameter = resourceNames.proxyImageParameter(world.fleet.fleet, name);
    const published = world.aws.parameters.get(parameter)?.value;
    return published === imageId ? null : `it runs ${imageId}, but would launch from ${published}`;
  }),
};

/** Snapshots go with their image. */
export const noSnapshotIsLeft: Invariant = {
  name: 'no-snapshot-is-left',
  check: ({ isQuiet, world }) => {
    if (!isQuiet) return [];
    const needed = new Set(world.aws.images.all().map(({ snapshotId }) => snapshotId));
    return world.aws.images
      .snapshots()
      .filter((id) => !needed.has(id))
      .map((id) => ({ proxy: null, text: `the snapshot ${id} has outlived its image` }));
  },
};

/** The lock is free and nothing waits to be put back. */
export const ledgerIsClosed: Invariant = {
  name: 'ledger-is-closed',
  check: atRest((snapshot, name) => {
    if (snapshot.world.aws.tables.get(ledgerTable)?.has(`lock#${name}`)) return 'its lock is held';
    return recordOf(snapshot, name)?.restorePoint == null ? null : 'a restore point is left';
  }),
};

/** No sync is left for an instance that is gone. */
export const noSyncIsLeft: Invariant = {
  name: 'no-sync-is-left',
  check: atRest((snapshot, name) => {
    if (!snapshot.isKatelloOpen) return null;
    const open = ownTasksOf(snapshot, name).filter(({ state }) => state !== 'stopped');
    return open.length === 0
      ? null
      : `Katello still has ${open.length} tasks of it running or paused`;
  }),
};
