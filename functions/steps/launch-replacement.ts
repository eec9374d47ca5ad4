import { candidateDescription } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import type { Group } from '../domain/group.ts';
import { patience } from '../domain/patience.ts';
import type { RestorePoint } from '../domain/record.ts';
import { tagNames } from '../domain/resource-names.ts';
import { type Run, runSchema } from '../domain/run.ts';
import { isLeaving } from '../domain/survivor.ts';
import { elapsedSeconds, notYet, ready } from '../domain/waiting.ts';
import { pointTemplateBack } from '../operations/group-order.ts';
import { describeMachine, type ObservedProxy, observeProxy } from '../operations/observed-proxy.ts';
import { requireRestorePoint } from '../operations/restore-point.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { step } from './step.ts';

const input = runSchema.pick({ execution: true, request: true, phases: true, plan: true });
type Input = Pick<Run, 'execution' | 'request' | 'phases' | 'plan'>;

/** Processes that could launch or terminate instances on their own while the rebuild runs. */
const suspendProcesses = async (
  ports: PortsWith<'groups.suspend'>,
  group: Group,
  { suspends }: RestorePoint,
): Promise<void> => {
  const running = suspends.filter((process) => !group.suspendedProcesses.includes(process));
  if (running.length > 0) await ports.groups.suspend(group.name, running);
};

const sizesWith = ({ incumbent, sizes }: RestorePoint): Group['sizes'] => {
  const desired = incumbent === null ? 1 : sizes.desired + 1;
  return { min: sizes.min, max: Math.max(sizes.max, desired + 1), desired };
};

/**
 * Auto Scaling launches a second instance beside one that serves when it is about to replace that: because of its age, or
 * to balance zones. It would terminate the incumbent as soon as the adopted instance is in service, filled or not.
 * Protected first: with the capacity first, one that is about to go would be replaced twice.
 */
const keepIncumbent = async (
  ports: PortsWith<'groups.change' | 'groups.protect'>,
  group: Group,
  point: RestorePoint,
): Promise<void> => {
  if (point.incumbent === null || group.sizes.desired > point.sizes.desired) return;
  await ports.groups.protect(group.name, point.incumbent.id, true);
  await ports.groups.change(group, { sizes: sizesWith(point) });
};

const adoptionNeeds = [
  'groups.change',
  'groups.protect',
  'groups.suspend',
  'instances.read',
  'instances.tag',
  'ledger.read',
] as const;

const found = async (
  ports: PortsFor<typeof adoptionNeeds> & PortsWith<'clock.now'>,
  { proxy, group }: ObservedProxy,
  run: Input,
  id: string,
) => {
  const [instance] = await ports.instances.read([id]);
  if (instance?.privateIp == null) {
    const words = `${id} has no private address; EC2 calls it ${describeMachine(instance)}`;
    return notYet(run, 'launch', ports.clock.now(), words);
  }
  await ports.instances.tag(id, {
    [tagNames.rebuild]: run.execution.name,
    [tagNames.proxy]: proxy.name,
  });
  const point = await requireRestorePoint(ports, proxy.name);
  await suspendProcesses(ports, group, point);
  if (run.plan.adopt !== null) await keepIncumbent(ports, group, point);
  await pointTemplateBack(ports, group, point);
  return ready({ instanceId: id, privateIp: instance.privateIp });
};

/** Requests one more instance, from the candidate version; repeating the request changes nothing. */
const request = async (
  ports: PortsWith<'groups.change' | 'groups.protect' | 'groups.suspend'>,
  { group }: ObservedProxy,
  point: RestorePoint,
  version: string,
): Promise<void> => {
  if (group.sizes.desired > point.sizes.desired && group.launchTemplate.version === version) return;
  await suspendProcesses(ports, group, point);
  if (point.incumbent !== null) await ports.groups.protect(group.name, point.incumbent.id, true);
  await ports.groups.change(group, { sizes: sizesWith(point), launchTemplateVersion: version });
};

/** Beyond one failure per Availability Zone: the zones that have refused are tried again. */
const failuresBeyondZones = 1;

/**
 * Auto Scaling tries another Availability Zone when one refuses. A launch has failed once every zone has, and one of
 * them again, or once the time of the phase is over; until then the failure is the reason why it is waited for.
 */
const whyNotLaunched = async (
  ports: PortsWith<'groups.failedLaunches'> & PortsWith<'clock.now'>,
  { fleet, group }: ObservedProxy,
  run: Input,
): Promise<string> => {
  const startedAt = run.phases.launch?.startedAt ?? run.execution.startedAt;
  const messages = await ports.groups.failedLaunches(group.name, new Date(startedAt));
  const [newest] = messages;
  if (newest === undefined) return `${group.name} has not launched an instance yet`;
  const isLate = elapsedSeconds(run, 'launch', ports.clock.now()) > patience.launch.limitSeconds;
  const failuresMax = fleet.network.availabilityZones.length + failuresBeyondZones;
  if (isLate || messages.length >= failuresMax)
    throw new NamedFailure('LaunchFailed', `${group.name}: ${newest}`);
  return `${group.name} tries again to launch: ${newest}`;
};

/**
 * Launches the replacement from a candidate version of the launch template and switches the group back
 * immediately, so that anything Auto Scaling launches by itself uses the last known good image. A heal adopts
 * the existing instance.
 */
export const launchReplacement = step(
  {
    input,
    needs: [
      ...adoptionNeeds,
      'groups.failedLaunches',
      'groups.read',
      'launchTemplates.ensureCandidate',
    ],
    writes: 'launch',
    underLock: true,
  },
  async (ports, run) => {
    const { execution, plan } = run;
    const observed = await observeProxy(ports, run.request.proxy);
    if (plan.adopt !== null) return found(ports, observed, run, plan.adopt);
    if (plan.imageId === null)
      throw new NamedFailure('ImageNotUsable', 'the plan contains no image');
    const { version } = await ports.launchTemplates.ensureCandidate(plan.launchTemplate.id, {
      sourceVersion: plan.launchTemplate.version,
      imageId: plan.imageId,
      description: candidateDescription(execution.name),
    });
    const launched = observed.group.instances.find(
      (instance) =>
        instance.id !== plan.incumbent?.id &&
        !isLeaving(instance) &&
        instance.launchTemplate?.id === plan.launchTemplate.id &&
        instance.launchTemplate.version === version,
    );
    if (launched !== undefined) return found(ports, observed, run, launched.id);
    const words = await whyNotLaunched(ports, observed, run);
    const answer = notYet(run, 'launch', ports.clock.now(), words);
    await request(ports, observed, await requireRestorePoint(ports, run.request.proxy), version);
    return answer;
  },
);
