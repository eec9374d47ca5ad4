import { assertBudget, attemptsWith } from '../domain/budget.ts';
import { deployedGroup } from '../domain/deployed-group.ts';
import { NamedFailure } from '../domain/failures.ts';
import { processesToSuspend } from '../domain/group.ts';
import { median } from '../domain/pacing.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import { type Run, runSchema } from '../domain/run.ts';
import { isLeaving } from '../domain/survivor.ts';
import { notYet, ready } from '../domain/waiting.ts';
import { preflightGroup, surveyNeeds } from '../operations/group-preflight.ts';
import { preflightKatello, preflightNeeds } from '../operations/katello-preflight.ts';
import { findInstance, type ObservedProxy, observeProxy } from '../operations/observed-proxy.ts';
import { stopLeftSyncs, stopNeeds } from '../operations/own-syncs.ts';
import { stopRefill } from '../operations/refill.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema.pick({ execution: true, request: true, phases: true });
type Input = Pick<Run, 'execution' | 'request' | 'phases'>;

const expectations = (record: ProxyRecord): Record<string, number> =>
  Object.fromEntries(
    Object.entries(record.durationsSeconds).flatMap(([phase, durations]) => {
      const expected = median(durations);
      return expected === null ? [] : [[phase, expected]];
    }),
  );

const restorePointOf = (
  { group }: ObservedProxy,
  { execution, request }: Input,
  found: Pick<RestorePoint, 'incumbent' | 'capsuleId' | 'takenAt'>,
): RestorePoint => ({
  ...found,
  owner: execution.id,
  reason: request.reason === 'rollback' ? 'manual' : request.reason,
  // Not as read: an answer may be some minutes old, from before another rebuild put the sizes in order.
  sizes: { ...deployedGroup.sizes, desired: 1 },
  launchTemplate: group.launchTemplate,
  suspends: processesToSuspend.filter((process) => !group.suspendedProcesses.includes(process)),
});

/**
 * The current state of the instance to heal. The launch event may be late or duplicated: the instance may have
 * been adopted already or be leaving. It may also be early: Auto Scaling lists an instance shortly after it
 * announces the launch; EC2 knows whether it exists.
 */
const lookForLaunched = async (
  ports: PortsWith<'instances.read'>,
  { group }: ObservedProxy,
  { reason, instanceId }: Run['request'],
  record: ProxyRecord,
): Promise<'present' | 'unlisted' | 'done'> => {
  if (reason !== 'heal' || instanceId === null) return 'present';
  if (record.lastRebuild?.instanceId === instanceId) return 'done';
  const instance = findInstance(group, instanceId);
  if (instance !== undefined) return isLeaving(instance) ? 'done' : 'present';
  const [machine] = await ports.instances.read([instanceId]);
  return machine?.state === 'running' || machine?.state === 'pending' ? 'unlisted' : 'done';
};

const save = async (
  ports: PortsWith<'ledger.update'>,
  proxy: string,
  attempts: ProxyRecord['attempts'],
  point: RestorePoint,
): Promise<RestorePoint> => {
  const { restorePoint } = await ports.ledger.update(proxy, (old) => ({
    ...old,
    attempts,
    restorePoint: { ...(old.restorePoint ?? point), capsuleId: point.capsuleId },
  }));
  return restorePoint ?? point;
};

/**
 * Preflight and restore point: rejects rebuilds that cannot succeed, and records what a rollback needs before
 * anything changes. A heal records it first: if preflight then fails, the rollback admits the instance that
 * Auto Scaling launched. `leftovers` come from an earlier execution.
 */
export const inspectProxy = step(
  {
    input,
    needs: [
      ...preflightNeeds,
      ...stopNeeds,
      ...surveyNeeds,
      'groups.read',
      'ledger.read',
      'ledger.update',
    ],
    writes: 'plan',
    underLock: true,
  },
  async (ports, run) => {
    const { execution, request } = run;
    const record = await ports.ledger.read(request.proxy);
    if (record.restorePoint !== null && record.restorePoint.owner !== execution.id)
      return { status: 'leftovers' };
    const now = ports.clock.now();
    const waitFor = (words: string) => notYet(run, 'inspect', now, words);
    const observed = await observeProxy(ports, request.proxy);
    const launched = await lookForLaunched(ports, observed, request, record);
    if (launched === 'done') {
      if (record.restorePoint === null) return { status: 'nothing-to-do' };
      throw new NamedFailure(
        'ReplacementLost',
        `${request.instanceId} was lost during the inspection`,
      );
    }
    if (launched === 'unlisted')
      return waitFor(`${observed.group.name} does not list its new instance yet`);
    const found = await preflightGroup(ports, observed, request);
    if (found.waitingFor !== null) return waitFor(found.waitingFor);
    const { incumbent, adopt, imageId } = found;
    const attempts = attemptsWith(record, execution.id, now);
    const point = restorePointOf(observed, run, {
      incumbent,
      capsuleId: null,
      takenAt: now.toISOString(),
    });
    const isHeal = request.reason === 'heal';
    if (isHeal) await save(ports, request.proxy, attempts, point);
    assertBudget(attempts, observed.fleet.cycle.attemptsPerDay);
    const isStopped = await stopLeftSyncs(ports, request.proxy, record);
    const hasRefillStopped = await stopRefill(ports, request.proxy, record);
    if (!(isStopped && hasRefillStopped) && !isHeal)
      return waitFor('Katello is still running a sync of an earlier rebuild');
    const { capsuleId, foreignSyncs } = await preflightKatello(ports, {
      proxy: observed.proxy,
      imageId,
      isFirstLaunch: incumbent === null && adopt === null,
      isServed: incumbent !== null && !isHeal,
      isHeal,
    });
    if (foreignSyncs.length > 0) {
      return waitFor(
        `Katello is running a sync that this rebuild did not start: task ${foreignSyncs.join(', ')}`,
      );
    }
    const { launchTemplate } = await save(ports, request.proxy, attempts, { ...point, capsuleId });
    return ready({
      incumbent: incumbent && { id: incumbent.id, privateIp: incumbent.privateIp },
      adopt,
      imageId,
      launchTemplate,
      capsuleId,
      expectedSeconds: expectations(record),
    });
  },
);
