import { type FailureName, isFailure, NamedFailure } from '../domain/failures.ts';
import type { Fleet, SmartProxy } from '../domain/fleet.ts';
import { imageFit } from '../domain/image-fit.ts';
import type { KatelloAccess } from '../domain/katello-access.ts';
import type { PortsFor } from '../ports/port-methods.ts';
import { accessNeeds, healthyVersion, requireAccess } from './katello-access.ts';
import { findNeeds, findTrusted, notFound } from './katello-preflight.ts';

export const fleetPreflightNeeds = [...accessNeeds, ...findNeeds, 'content.health'] as const;
type FleetPreflightPorts = PortsFor<typeof fleetPreflightNeeds>;

/** A proxy that is about to be rebuilt. */
export interface Planned {
  readonly proxy: SmartProxy;
  /** It has an instance; without one, Katello need not know it yet. */
  readonly isServed: boolean;
}

interface Problem {
  readonly proxy: string;
  readonly name: FailureName;
  readonly message: string;
}

/** An image for another version would be refused by every proxy, half an hour later. */
const assertImageWillFit = ({ image }: Fleet, katelloVersion: string): void => {
  if (imageFit(image.katelloVersion, katelloVersion) !== 'differs') return;
  throw new NamedFailure(
    'VersionMismatch',
    `image.katelloVersion is ${image.katelloVersion}, but Katello runs ${katelloVersion}; change it, with ` +
      'image.foremanVersion, and deploy',
  );
};

const problemOf = async (
  ports: FleetPreflightPorts,
  planned: Planned,
  access: KatelloAccess,
): Promise<Problem | null> => {
  try {
    const capsule = await findTrusted(ports, planned);
    if (capsule === null && planned.isServed) throw notFound(planned.proxy, access);
    return null;
  } catch (error) {
    if (!isFailure(error, 'CapsuleNotFound', 'CertificateRefused')) throw error;
    const { name, message } = error as NamedFailure;
    return { proxy: planned.proxy.name, name, message };
  }
};

/** Nothing would come of the run: its canary, or every proxy, has a problem. */
const isHopeless = (
  { cycle }: Fleet,
  planned: readonly Planned[],
  problems: readonly Problem[],
): boolean =>
  problems.length === planned.length || problems.some(({ proxy }) => proxy === cycle.canary);

/**
 * What can be known of Katello before an image is baked. Throws what would stop the whole run; returns by proxy
 * what will only stop the rebuild of that one.
 */
export const preflightFleet = async (
  ports: FleetPreflightPorts,
  fleet: Fleet,
  planned: readonly Planned[],
  bakes: boolean,
): Promise<ReadonlyMap<string, string>> => {
  const access = await requireAccess(ports);
  const version = await healthyVersion(ports);
  if (bakes) assertImageWillFit(fleet, version);
  const problems: Problem[] = [];
  for (const each of planned) {
    const problem = await problemOf(ports, each, access);
    if (problem !== null) problems.push(problem);
  }
  const [first] = problems;
  if (first !== undefined && isHopeless(fleet, planned, problems)) {
    const all = problems.map(({ proxy, message }) => `${proxy}: ${message}`).join('; ');
    throw new NamedFailure(first.name, all);
  }
  return new Map(problems.map(({ proxy, name, message }) => [proxy, `${name}: ${message}`]));
};
