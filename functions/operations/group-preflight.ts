import { candidatePrefix } from '../domain/derived-id.ts';
import { NamedFailure } from '../domain/failures.ts';
import { rolesOf } from '../domain/inspection.ts';
import type { RestorePoint } from '../domain/record.ts';
import { resourceNames } from '../domain/resource-names.ts';
import type { Run } from '../domain/run.ts';
import { isLeaving } from '../domain/survivor.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { findInstance, healthOf, type ObservedProxy, servesEverywhere } from './observed-proxy.ts';

/** The result of preflight on the group, or what it is waiting for. */
export type GroupPreflight =
  | { readonly waitingFor: string }
  | {
      readonly waitingFor: null;
      readonly incumbent: RestorePoint['incumbent'];
      readonly adopt: string | null;
      readonly imageId: string | null;
    };

type Request = Run['request'];

/** Auto Scaling does not notice the death of an instance that waits to be admitted; report it as unhealthy. */
const reapDead = async (
  ports: PortsWith<'groups.terminate' | 'instances.read'>,
  { group }: ObservedProxy,
): Promise<readonly string[]> => {
  const present = group.instances.filter((instance) => !isLeaving(instance));
  const machines = await ports.instances.read(present.map(({ id }) => id));
  const dead = machines.filter(({ state }) => state === 'terminated' || state === 'shutting-down');
  for (const { id } of dead) await ports.groups.terminate(id, { decrement: false });
  return dead.map(({ id }) => id);
};

/** A group that still points at a candidate is being rolled back, or the API answer is stale. */
const pointsAtCandidate = async (
  ports: PortsWith<'launchTemplates.findCandidates'>,
  { group }: ObservedProxy,
): Promise<boolean> => {
  const { id, version } = group.launchTemplate;
  const candidates = await ports.launchTemplates.findCandidates(id, candidatePrefix);
  return candidates.some((candidate) => candidate.version === version);
};

/** The instance has just come into service; the load balancer has not checked it yet. */
const isRegistering = async (
  ports: PortsWith<'balancer.targetHealth'>,
  { group }: ObservedProxy,
  id: string,
): Promise<boolean> => (await healthOf(ports, group, id)).some(({ state }) => state === 'initial');

const readIncumbent = async (
  ports: PortsWith<'balancer.targetHealth' | 'instances.read'>,
  { group }: ObservedProxy,
  id: string,
): Promise<NonNullable<RestorePoint['incumbent']>> => {
  const [machine] = await ports.instances.read([id]);
  const instance = findInstance(group, id);
  if (machine?.privateIp == null || !(await servesEverywhere(ports, group, instance))) {
    throw new NamedFailure(
      'IncumbentUnhealthy',
      `${id} is not healthy on every listener, so a rollback would have nothing to return to`,
    );
  }
  return {
    id,
    privateIp: machine.privateIp,
    protectedFromScaleIn: instance?.protectedFromScaleIn ?? false,
  };
};

/** Points the control name at the only serving instance, if the record says otherwise. */
const leadsControlName = async (
  ports: PortsWith<'dns.readAddress' | 'dns.writeAddress'>,
  { fleet, proxy }: ObservedProxy,
  address: string,
): Promise<boolean> => {
  if (proxy.controlName === undefined) return true;
  const { id } = fleet.network.hostedZone;
  if ((await ports.dns.readAddress(id, proxy.controlName)) === address) return true;
  await ports.dns.writeAddress(id, proxy.controlName, address);
  return false;
};

/** A heal takes the instance with the image that it has. */
const wantedImage = async (
  ports: PortsWith<'imageParameters.read'>,
  { fleet }: ObservedProxy,
  request: Request,
): Promise<string | null> => {
  if (request.reason === 'heal') return null;
  const published = resourceNames.currentImageParameter(fleet.fleet);
  const imageId = request.imageId ?? (await ports.imageParameters.read(published));
  if (imageId !== null) return imageId;
  throw new NamedFailure(
    'ImageNotUsable',
    'no image was given and none is published; run rebuild-fleet to bake one',
  );
};

export const surveyNeeds = [
  'balancer.targetHealth',
  'dns.readAddress',
  'dns.writeAddress',
  'groups.terminate',
  'imageParameters.read',
  'instances.read',
  'launchTemplates.findCandidates',
] as const;

/** Preflight on the AWS side: reads the state and repairs what it can; throws what prevents a rebuild. */
export const preflightGroup = async (
  ports: PortsFor<typeof surveyNeeds>,
  observed: ObservedProxy,
  request: Request,
): Promise<GroupPreflight> => {
  const dead = await reapDead(ports, observed);
  if (dead.length > 0)
    return { waitingFor: `Auto Scaling still lists the dead ${dead.join(', ')}` };
  if (await pointsAtCandidate(ports, observed)) {
    return { waitingFor: 'the group still points at a candidate of its launch template' };
  }
  const roles = rolesOf(observed.group, request);
  if (roles.incumbent !== null && (await isRegistering(ports, observed, roles.incumbent.id))) {
    return {
      waitingFor: `the load balancer has not reported the health of ${roles.incumbent.id} yet`,
    };
  }
  const incumbent =
    roles.incumbent === null ? null : await readIncumbent(ports, observed, roles.incumbent.id);
  if (incumbent !== null && !(await leadsControlName(ports, observed, incumbent.privateIp))) {
    return { waitingFor: `${observed.proxy.controlName} did not point to ${incumbent.id}` };
  }
  const imageId = await wantedImage(ports, observed, request);
  return { waitingFor: null, incumbent, adopt: roles.adopt?.id ?? null, imageId };
};
