import { deployedGroup } from '../domain/deployed-group.ts';
import type { Group, GroupInstance } from '../domain/group.ts';
import type { ProxyRecord, RestorePoint } from '../domain/record.ts';
import type { Run } from '../domain/run.ts';
import { isLeaving, isServing } from '../domain/survivor.ts';
import { isVerified } from '../domain/verification.ts';
import type { GivenMethod, PortsWith } from '../ports/port-methods.ts';
import { type ObservedProxy, servesEverywhere } from './observed-proxy.ts';

/** The instance that serves and, as far as anybody knows, holds the content of the proxy. */
const filledIncumbent = (group: Group, record: ProxyRecord): GroupInstance | undefined => {
  const serving = group.instances.filter(isServing);
  const verified = serving.find(({ id }) => isVerified(record, id));
  const [only, ...others] = serving;
  return verified ?? (record.lastRebuild === null && others.length === 0 ? only : undefined);
};

/**
 * Auto Scaling replaces an incumbent on its own, for its age or for the balance of zones: it has launched another
 * instance, and terminates the filled one as soon as the new one serves, filled or not. When the heal of the new one
 * has recorded nothing, this records what serves as the incumbent of a restore point, to which the rollback then
 * returns. `null`: nothing filled is being replaced.
 */
export const recordReplacedIncumbent = async (
  ports: PortsWith<GivenMethod | 'balancer.targetHealth' | 'instances.read' | 'ledger.update'>,
  { execution }: { readonly execution: Pick<Run['execution'], 'id'> },
  { group, proxy }: ObservedProxy,
  record: ProxyRecord,
): Promise<RestorePoint | null> => {
  const incumbent = filledIncumbent(group, record);
  const isReplaced = group.instances.some((one) => one.id !== incumbent?.id && !isLeaving(one));
  if (incumbent === undefined || !isReplaced) return null;
  if (!(await servesEverywhere(ports, group, incumbent))) return null;
  const [machine] = await ports.instances.read([incumbent.id]);
  if (machine?.privateIp == null) return null;
  const { id, protectedFromScaleIn } = incumbent;
  const point: RestorePoint = {
    owner: execution.id,
    takenAt: ports.clock.now().toISOString(),
    reason: 'heal',
    sizes: { ...deployedGroup.sizes, desired: 1 },
    launchTemplate: group.launchTemplate,
    suspends: [],
    incumbent: { id, privateIp: machine.privateIp, protectedFromScaleIn },
    capsuleId: null,
  };
  await ports.ledger.update(proxy.name, (old) => ({ ...old, restorePoint: point }));
  return point;
};

/**
 * What Auto Scaling launches to replace an instance is above the desired capacity, which no removal lowers. Whether it
 * gives such a launch up once the incumbent is protected is not documented, so its launch hook is answered with
 * ABANDON. Call it only while the survivor serves and is protected.
 */
export const abandonSurplus = async (
  ports: PortsWith<'groups.abandon'>,
  group: Group,
  survivorId: string,
  desired: number,
): Promise<void> => {
  if (group.sizes.desired > desired) return;
  const waiting = group.instances.filter(({ lifecycleState }) => lifecycleState === 'Pending:Wait');
  for (const { id } of waiting.filter((one) => one.id !== survivorId))
    await ports.groups.abandon(group.name, id);
};
