import { deployedGroup } from '../../functions/domain/deployed-group.ts';
import { candidatePrefix } from '../../functions/domain/derived-id.ts';
import { fleetRunSchema } from '../../functions/domain/fleet-run.ts';
import { resourceNames } from '../../functions/domain/resource-names.ts';
import { fleetStepRunBy } from '../../statemachine/readers/tasks.ts';
import type { SimulatedAws } from '../aws/simulated-aws.ts';
import type { StateEvent } from '../engine/state-event.ts';
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

export const groupOf = ({ world }: Pick<Snapshot, 'world'>, proxy: string) =>
  world.aws.groups.get(resourceNames.group(world.fleet.fleet, proxy));

/** A proxy that was just deployed has no instance until a rebuild has launched one. */
const isUnlaunched = (snapshot: Snapshot, proxy: string): boolean => {
  const group = groupOf(snapshot, proxy);
  const isNew = snapshot.world.proxies.get(proxy)?.instanceId === null;
  return isNew && group?.sizes.desired === 0 && group.members().length === 0;
};

/** An instance beyond its maximum lifetime is kept from Auto Scaling until a rebuild replaces it. */
const mayBeProtected = ({ world }: Snapshot, proxy: string, id: string): boolean => {
  const launchedAt = world.aws.instances.get(id)?.launchedAt;
  const group = groupOf({ world }, proxy);
  return launchedAt !== undefined && group?.isBeyondLifetime(launchedAt) === true;
};

/** What differs from the desired state: sizes, launch template, processes, protection and lifecycle states. */
export const disorderOf = (snapshot: Snapshot, proxy: string): string | null => {
  const group = groupOf(snapshot, proxy);
  if (group === undefined) return 'its Auto Scaling group is missing';
  if (isUnlaunched(snapshot, proxy)) return null;
  const { min, max, desired } = group.sizes;
  const wanted = deployedGroup.sizes;
  const members = group.members();
  // What a person has suspended, a person resumes.
  const left = [...group.suspended].filter((process) => !group.suspendedByHand.has(process));
  const problems = [
    min !== wanted.min || max !== wanted.max || desired !== 1
      ? `sizes ${min}/${desired}/${max} instead of ${wanted.min}/1/${wanted.max}`
      : '',
    group.template.version !== '1'
      ? `launch template version ${group.template.version} instead of 1`
      : '',
    left.length > 0 ? `suspended: ${left.join(', ')}` : '',
    members.length !== 1 ? `${members.length} instances instead of one` : '',
    ...members.map(({ id, state, isProtected }) =>
      state !== 'InService' || (isProtected && !mayBeProtected(snapshot, proxy, id))
        ? `${id} is ${state}${isProtected ? ', protected' : ''}`
        : '',
    ),
  ].filter((problem) => problem !== '');
  return problems.length === 0 ? null : problems.join('; ');
};

export const groupInDesiredState: Invariant = {
  name: 'group-in-desired-state',
  check: atRest(disorderOf),
};

/** The control name resolves to the serving instance. */
export const controlNameIsCorrect: Invariant = {
  name: 'control-name-is-correct',
  check: atRest((snapshot, name) => {
    const { world } = snapshot;
    const controlName = world.fleet.proxies.find((proxy) => proxy.name === name)?.controlName;
    const only = groupOf(snapshot, name)?.members()[0];
    if (controlName === undefined || only === undefined) return null;
    const address = world.aws.zones.resolve(controlName, { cachedForSeconds: 0 });
    const wanted = world.machines.get(only.id)?.privateIp;
    return address === wanted
      ? null
      : `${controlName} resolves to ${address}, not to ${wanted} of ${only.id}`;
  }),
};

/** No launch template version made by a rebuild is left over. */
export const noOrphanedCandidate: Invariant = {
  name: 'no-orphaned-candidate',
  check: atRest(({ world }, name) => {
    const templateId = world.proxies.get(name)?.templateId;
    const left = world.aws.templates
      .all()
      .filter((version) => version.templateId === templateId)
      .filter(({ description }) => description.startsWith(candidatePrefix));
    return left.length === 0 ? null : `${left.length} candidate versions left over`;
  }),
};

/** After a rebuild, the proxy launches from the image that it was rebuilt from. */
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

/** A snapshot that no image is made from. */
const orphans = ({ images }: SimulatedAws): readonly string[] => {
  const needed = new Set(images.all().map(({ snapshotId }) => snapshotId));
  return images.snapshots().filter((id) => !needed.has(id));
};

const pruned = fleetRunSchema.pick({ pruning: true });
const isPruned = ({ kind, state, data }: StateEvent): boolean =>
  kind === 'exited' && fleetStepRunBy(state) === 'pruneImages' && pruned.safeParse(data).success;

/** Whether images have been pruned, to the end, since the last time that a snapshot was not allowed to go. */
const hasPrunedSinceDenial = ({ world, executions }: Snapshot): boolean => {
  const deniedAt = world.aws.iam.deniedActions.get('ec2:DeleteSnapshot');
  if (deniedAt === undefined) return true;
  return executions
    .all()
    .flatMap(({ history }) => history)
    .some((event) => isPruned(event) && event.at.getTime() > deniedAt);
};

/** An image is removed together with its snapshots; those that were not allowed to go, by the next run that prunes. */
export const noOrphanedSnapshot: Invariant = {
  name: 'no-orphaned-snapshot',
  check: (snapshot) => {
    if (!snapshot.isQuiet) return [];
    const left = orphans(snapshot.world.aws);
    if (left.length === 0 || !hasPrunedSinceDenial(snapshot)) return [];
    return left.map((id) => ({ proxy: null, text: `snapshot ${id} outlived its image` }));
  },
};

/** The lock is free and no restore point is left. */
export const ledgerIsClean: Invariant = {
  name: 'ledger-is-clean',
  check: atRest((snapshot, name) => {
    if (snapshot.world.aws.tables.get(ledgerTable)?.has(`lock#${name}`)) return 'its lock is held';
    return recordOf(snapshot, name)?.restorePoint == null ? null : 'a restore point is left over';
  }),
};

/** No sync is left over for an instance that no longer exists. */
export const noOrphanedSync: Invariant = {
  name: 'no-orphaned-sync',
  check: atRest((snapshot, name) => {
    if (!snapshot.isKatelloOpen) return null;
    const refill = recordOf(snapshot, name)?.refill?.taskId;
    const open = ownTasksOf(snapshot, name).filter(
      ({ state, id }) => state !== 'stopped' && id !== refill,
    );
    return open.length === 0
      ? null
      : `${open.length} of its Katello tasks are still running or paused`;
  }),
};
