import type { z } from 'zod';
import { isFailure, NamedFailure } from '../domain/failures.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import { maxLifetimeSeconds } from '../domain/instance-lifetime.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import { rollbackInput, rollbackPhases } from '../domain/rollback-input.ts';
import { chooseSurvivor, isLeaving, isServing } from '../domain/survivor.ts';
import { isVerified } from '../domain/verification.ts';
import { elapsedSeconds, notYet, ready } from '../domain/waiting.ts';
import { admissionNeeds, admitOnceBooted } from '../operations/admission.ts';
import { orderNeeds, pointTemplateBack, putGroupInOrder } from '../operations/group-order.ts';
import {
  type ObservedProxy,
  observeProxy,
  servesEverywhere,
} from '../operations/observed-proxy.ts';
import { leaveSyncs, stopNeeds, stopOwnSyncs } from '../operations/own-syncs.ts';
import { oweRefill } from '../operations/refill.ts';
import { removalNeeds, removeOthers } from '../operations/removal.ts';
import { abandonSurplus, recordReplacedIncumbent } from '../operations/replaced-incumbent.ts';
import type { GivenMethod, PortsFor, PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = rollbackInput.extend({ phases: rollbackPhases });
type Input = Pick<z.infer<typeof input>, 'request' | 'phases'>;

/**
 * A permission that is denied must not keep the rest from being restored: the first one is reported once everything
 * else has been tried, and the rollback is retried.
 */
class Denials {
  #first: NamedFailure | null = null;

  async tolerate(restore: () => Promise<void>): Promise<void> {
    try {
      await restore();
    } catch (error) {
      if (!(error instanceof NamedFailure) || !isFailure(error, 'AwsForbids')) throw error;
      this.#first ??= error;
    }
  }

  report(): void {
    if (this.#first !== null) throw this.#first;
  }
}

const lateRequestSeconds = 60;
/** Katello may be what failed; the group waits for it no longer than this. */
const syncPatienceSeconds = 900;

const survivorOf = async (
  ports: PortsWith<'instances.read'>,
  { group }: ObservedProxy,
  point: RestorePoint,
): Promise<GroupInstance | null> => {
  const instances = await ports.instances.read(group.instances.map(({ id }) => id));
  const alive = instances
    .filter(({ state }) => state === 'running' || state === 'pending')
    .map(({ id }) => id);
  return chooseSurvivor(group.instances, new Set(alive), point.incumbent?.id ?? null);
};

/**
 * While an instance serves, keeps unfilled instances out of service even if calls fail, because they will be
 * terminated. When none serves, the launch hook admits them after two hours, which is better than nothing.
 */
const keepOut = async (
  ports: PortsWith<'groups.heartbeat'>,
  { group }: ObservedProxy,
): Promise<void> => {
  if (!group.instances.some(isServing)) return;
  for (const { id, lifecycleState } of group.instances)
    if (lifecycleState === 'Pending:Wait') await ports.groups.heartbeat(group.name, id);
};

/** Restores service first: whatever else is left to do, clients get the incumbent back. */
const bringBack = async (
  ports: PortsFor<typeof admissionNeeds> & PortsWith<'groups.exitStandby'>,
  { group }: ObservedProxy,
  survivor: GroupInstance,
): Promise<void> => {
  if (survivor.lifecycleState === 'Standby')
    await ports.groups.exitStandby(group.name, survivor.id);
  if (survivor.lifecycleState === 'Pending:Wait') await admitOnceBooted(ports, group, survivor);
};

const nameNeeds = [
  'dns.readAddress',
  'dns.writeAddress',
  'instances.read',
  'ledger.update',
] as const;

/**
 * Notes before the name is moved that the survivor has to be filled again: once the name points at it, nothing tells
 * any more that Katello had filled another instance.
 */
const pointControlName = async (
  ports: PortsFor<typeof nameNeeds> & PortsWith<'clock.now'>,
  { fleet, proxy }: ObservedProxy,
  survivorId: string,
  point: RestorePoint,
): Promise<void> => {
  if (proxy.controlName === undefined) return;
  const [instance] = await ports.instances.read([survivorId]);
  const { id } = fleet.network.hostedZone;
  if (instance?.privateIp == null) return;
  const address = await ports.dns.readAddress(id, proxy.controlName);
  if (address === instance.privateIp) return;
  if (address !== null) await oweRefill(ports, proxy.name, point);
  await ports.dns.writeAddress(id, proxy.controlName, instance.privateIp);
};

/** An unreachable Katello delays the rollback but does not stop it; the next rebuild stops what is `left`. */
const syncsHaveEnded = async (
  ports: PortsFor<typeof stopNeeds> & PortsWith<'clock.now'>,
  run: Input,
  point: RestorePoint,
): Promise<boolean | 'left'> => {
  if (elapsedSeconds(run, 'rollback', ports.clock.now()) > syncPatienceSeconds) return 'left';
  try {
    return await stopOwnSyncs(ports, point);
  } catch (error) {
    if (isFailure(error, 'KatelloUnavailable')) return false;
    if (isFailure(error)) return 'left';
    throw error;
  }
};

/**
 * A function that timed out may still have a request in flight; no rollback would undo what that changes after
 * the rollback has ended.
 */
const hasGoneQuiet = ({ clock }: PortsWith<'clock.now'>, run: Input): boolean =>
  elapsedSeconds(run, 'rollback', clock.now()) >= lateRequestSeconds;

const isAsLeft = (survivor: GroupInstance | null, point: RestorePoint): boolean =>
  survivor === null || (point.incumbent === null && survivor.lifecycleState === 'InService');

/** What is missing until everything matches the restore point. */
const describe = (
  { group }: ObservedProxy,
  survivor: GroupInstance,
  isHealthy: boolean,
  haveSyncsEnded: boolean,
): string => {
  const others = group.instances.filter(({ id }) => id !== survivor.id);
  const missing = [
    ...(isHealthy
      ? []
      : [`${survivor.id} is ${survivor.lifecycleState}, not healthy on every listener`]),
    ...(haveSyncsEnded
      ? []
      : ['Katello has not confirmed that the syncs of this rebuild have ended']),
    ...others.map(({ id, lifecycleState }) => `${id} is still ${lifecycleState}`),
  ];
  return missing.join('; ') || 'late requests may still arrive';
};

/**
 * What dies on its own takes no place in the desired capacity along, as a removal does: for a launch that EC2
 * ends each time, Auto Scaling would try another one forever.
 */
const wantNoMore = async (
  ports: PortsWith<'groups.change' | 'groups.protect'>,
  group: Group,
  survivor: GroupInstance,
  { sizes }: RestorePoint,
): Promise<void> => {
  const isAccompanied = group.instances.some(
    (instance) => instance.id !== survivor.id && !isLeaving(instance),
  );
  if (isAccompanied || group.sizes.desired <= sizes.desired) return;
  if (!survivor.protectedFromScaleIn) await ports.groups.protect(group.name, survivor.id, true);
  await ports.groups.change(group, { sizes: { ...group.sizes, desired: sizes.desired } });
};

/** With one name, Katello reached whatever served: the replacement, while the incumbent was in Standby or beside it. */
const wasFilledElsewhere = ({ proxy, group }: ObservedProxy, survivor: GroupInstance): boolean =>
  proxy.controlName === undefined &&
  (survivor.lifecycleState === 'Standby' ||
    group.instances.some((other) => other.id !== survivor.id && isServing(other)));

const surviving = (record: ProxyRecord, survivor: string | null) => ({
  survivor,
  isBehind: survivor !== null && record.refill !== null,
  isVerified: survivor === null || isVerified(record, survivor),
});

/**
 * Beyond its maximum lifetime an instance stays protected: Auto Scaling would replace it at once, again after each
 * rollback. The next sweep rebuilds it.
 */
const staysProtected = async (
  ports: PortsWith<GivenMethod | 'instances.read'>,
  { fleet }: ObservedProxy,
  { incumbent }: RestorePoint,
  survivorId: string | null,
): Promise<boolean> => {
  if (survivorId === null) return false;
  if (survivorId === incumbent?.id && incumbent.protectedFromScaleIn) return true;
  const [instance] = await ports.instances.read([survivorId]);
  const ageMs = ports.clock.now().getTime() - (instance?.launchedAt.getTime() ?? Number.NaN);
  return ageMs >= maxLifetimeSeconds(fleet.cycle) * 1000;
};

const finish = async (
  ports: PortsFor<typeof orderNeeds> & PortsWith<GivenMethod | 'instances.read' | 'ledger.update'>,
  observed: ObservedProxy,
  point: RestorePoint,
  survivorId: string | null,
  isSyncLeft: boolean,
) => {
  const { group, proxy } = observed;
  const isProtected = await staysProtected(ports, observed, point, survivorId);
  await putGroupInOrder(ports, group, point, { id: survivorId, isProtected });
  if (isSyncLeft) await leaveSyncs(ports, proxy.name, point);
  const record = await ports.ledger.update(proxy.name, (old) => ({ ...old, restorePoint: null }));
  return ready({ owner: point.owner, ...surviving(record, survivorId) });
};

/**
 * Nothing was changed, and nothing filled is being replaced. But a launch event during this execution was left to it: when nothing serves, admits a
 * waiting instance, filled or not; the sweep notices that it was never verified.
 */
const nothingToRollBack = async (
  ports: PortsFor<typeof admissionNeeds> & PortsWith<'clock.now'>,
  run: Input,
  { group }: ObservedProxy,
  record: ProxyRecord,
) => {
  const first = group.instances.find(({ lifecycleState }) => lifecycleState === 'Pending:Wait');
  const isNeeded = first !== undefined && !group.instances.some(isServing);
  if (!isNeeded) return ready({ owner: null, ...surviving(record, null) });
  if (await admitOnceBooted(ports, group, first))
    return ready({ owner: null, ...surviving(record, first.id) });
  const words = `${first.id} has not completed its first boot`;
  return notYet(run, 'rollback', ports.clock.now(), words);
};

/**
 * Restores everything to the restore point, one safe action per call: the incumbent into service first, then
 * the names; the rest is terminated once the survivor is healthy. On a proxy in its desired state it changes
 * nothing.
 */
export const rollBackProxy = step(
  {
    input,
    needs: [
      ...admissionNeeds,
      ...nameNeeds,
      ...orderNeeds,
      ...removalNeeds,
      ...stopNeeds,
      'groups.abandon',
      'groups.exitStandby',
      'groups.read',
      'ledger.read',
      'ledger.update',
    ],
    writes: 'rollback',
    underLock: true,
  },
  async (ports, run) => {
    const record = await ports.ledger.read(run.request.proxy);
    const observed = await observeProxy(ports, run.request.proxy);
    const { group } = observed;
    const point =
      record.restorePoint ?? (await recordReplacedIncumbent(ports, run, observed, record));
    if (point === null) return nothingToRollBack(ports, run, observed, record);
    await new Denials().tolerate(() => keepOut(ports, observed));
    const denials = new Denials();
    await denials.tolerate(() => pointTemplateBack(ports, group, point));
    const survivor = await survivorOf(ports, observed, point);
    if (survivor === null) return finish(ports, observed, point, null, true);
    await denials.tolerate(() => bringBack(ports, observed, survivor));
    if (wasFilledElsewhere(observed, survivor))
      await denials.tolerate(() => oweRefill(ports, observed.proxy.name, point));
    await denials.tolerate(() => pointControlName(ports, observed, survivor.id, point));
    denials.report();
    const isHealthy = await servesEverywhere(ports, observed.group, survivor);
    const syncs = await syncsHaveEnded(ports, run, point);
    const isAlone = observed.group.instances.length === 1;
    if (syncs && isAlone && hasGoneQuiet(ports, run) && (isHealthy || isAsLeft(survivor, point)))
      return finish(ports, observed, point, survivor.id, syncs === 'left');
    if (syncs && isHealthy) {
      await removeOthers(ports, observed.group, survivor.id, point.sizes.desired);
      await wantNoMore(ports, observed.group, survivor, point);
      await abandonSurplus(ports, observed.group, survivor.id, point.sizes.desired);
    }
    const words = describe(observed, survivor, isHealthy, syncs !== false);
    return notYet(run, 'rollback', ports.clock.now(), words);
  },
);
