import { unsyncableTypes } from '../domain/content-types.ts';
import { NamedFailure } from '../domain/failures.ts';
import { featureOfForeman, losesData } from '../domain/features.ts';
import type { SmartProxy } from '../domain/fleet.ts';
import { katelloNameOf } from '../domain/fleet.ts';
import { imageFit, missingFeatures } from '../domain/image-fit.ts';
import { describeScope, type KatelloAccess } from '../domain/katello-access.ts';
import type { Capsule } from '../ports/content.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';
import { accessNeeds, healthyVersion, requireAccess } from './katello-access.ts';

/** The image must be made for the version that Katello runs now, and for the features of the proxy. */
const assertImageFits = async (
  ports: PortsWith<'images.read'>,
  imageId: string,
  katelloVersion: string,
  { features }: SmartProxy,
): Promise<void> => {
  const image = await ports.images.read(imageId);
  if (image === null || !image.available) {
    throw new NamedFailure('ImageNotUsable', `image ${imageId} does not exist or is not available`);
  }
  const missing = missingFeatures(image.features, features);
  if (missing.length > 0) {
    throw new NamedFailure(
      'ImageNotUsable',
      `image ${imageId} was baked without the packages of ${missing.join(', ')}; bake a new image`,
    );
  }
  if (imageFit(image.katelloVersion, katelloVersion) !== 'differs') return;
  throw new NamedFailure(
    'VersionMismatch',
    `image ${imageId} was baked for Katello ${image.katelloVersion}, but Katello runs ${katelloVersion}; bake a new image`,
  );
};

const assertFeaturesSurvive = (capsule: Capsule, proxy: SmartProxy): void => {
  const lost = capsule.features
    .map(({ name }) => featureOfForeman(name))
    .filter((feature) => feature !== null)
    .filter(
      (feature) => losesData[feature] !== undefined && proxy.persisted[feature] === undefined,
    );
  const [first] = lost;
  if (first === undefined) return;
  throw new NamedFailure(
    'FeatureLosesData',
    `${capsule.name} has the feature "${first}"; a rebuild would lose ${losesData[first]}. ` +
      `Set persisted.${first} in the fleet file to where that is kept, or disable the feature`,
  );
};

const notFit = (capsule: Capsule, reason: string): NamedFailure =>
  new NamedFailure('CapsuleNotFit', `${capsule.name} ${reason}`);

const assertHasEnvironment = (capsule: Capsule): void => {
  if (capsule.lifecycleEnvironments.length === 0)
    throw notFit(capsule, 'has no lifecycle environment, so there is nothing to sync');
};

const assertCanSync = (capsule: Capsule, contentTypes: readonly string[]): void => {
  const unsyncable = unsyncableTypes(capsule, contentTypes);
  if (unsyncable.length === 0) return;
  const types = unsyncable.join(', ');
  throw notFit(
    capsule,
    `cannot sync ${types}: Pulpcore reports no such capability; refresh its features`,
  );
};

export interface Preflight {
  /** `null` for a proxy that Katello does not know yet, which is only allowed at its first launch. */
  readonly capsuleId: number | null;
  /** Ids of running sync tasks that the controller did not start. */
  readonly foreignSyncs: readonly string[];
}

/**
 * What is served under the name that Katello uses must be trusted before hours are spent on a replacement, whose
 * certificate the same CA has signed. An expired certificate or one for another name is no obstacle: a
 * rebuild may be what replaces it.
 */
const assertProxyIsTrusted = async (
  ports: PortsWith<'marker.readMarkers'>,
  name: string,
): Promise<void> => {
  const [answer] = await ports.marker.readMarkers(name, 1);
  if (answer?.instanceId !== null || answer.refused !== 'unknown-issuer') return;
  throw new NamedFailure(
    'CertificateRefused',
    `the certificate of ${name} was refused: ${answer.reason}`,
  );
};

export const findNeeds = ['content.findCapsule', 'marker.readMarkers'] as const;

/** The proxy in Katello, if its certificate is not one that will be refused later. */
export const findTrusted = async (
  ports: PortsFor<typeof findNeeds>,
  { proxy, isServed }: Pick<PreflightSubject, 'proxy' | 'isServed'>,
): Promise<Capsule | null> => {
  const name = katelloNameOf(proxy);
  const capsule = await ports.content.findCapsule(name);
  if (isServed) await assertProxyIsTrusted(ports, name);
  return capsule;
};

export const notFound = (proxy: SmartProxy, access: KatelloAccess | null): NamedFailure => {
  const scope = access === null ? '' : `, or make it visible: ${describeScope(access)}`;
  return new NamedFailure(
    'CapsuleNotFound',
    `Katello shows no Smart Proxy with content named ${katelloNameOf(proxy)}; register it first${scope}`,
  );
};

export const preflightNeeds = [
  ...accessNeeds,
  ...findNeeds,
  'content.activeSyncs',
  'content.contentTypes',
  'content.health',
  'images.read',
] as const;

/** What is known of a proxy before Katello is asked. */
export interface PreflightSubject {
  readonly proxy: SmartProxy;
  /** `null` when an instance is filled that runs already. */
  readonly imageId: string | null;
  /** Katello may not know the proxy yet. */
  readonly isFirstLaunch: boolean;
  /** An instance serves under the proxy's names, and is what Katello meets there. */
  readonly isServed: boolean;
  /** The instance is there and has to be filled: only what makes that impossible is an obstacle. */
  readonly isHeal: boolean;
}

/**
 * Preflight on the Katello side: everything that must hold before a rebuild changes anything. Throws the
 * failure that names the problem.
 */
export const preflightKatello = async (
  ports: PortsFor<typeof preflightNeeds>,
  subject: PreflightSubject,
): Promise<Preflight> => {
  const { proxy, imageId, isFirstLaunch, isHeal } = subject;
  const access = isHeal ? null : await requireAccess(ports);
  const version = await healthyVersion(ports);
  if (imageId !== null) await assertImageFits(ports, imageId, version, proxy);
  const capsule = await findTrusted(ports, subject);
  if (capsule === null && isFirstLaunch) return { capsuleId: null, foreignSyncs: [] };
  if (capsule === null) throw notFound(proxy, access);
  assertFeaturesSurvive(capsule, proxy);
  assertHasEnvironment(capsule);
  if (isHeal) return { capsuleId: capsule.id, foreignSyncs: [] };
  const foreign = await ports.content.activeSyncs(capsule.id);
  if (foreign.length === 0) assertCanSync(capsule, await ports.content.contentTypes(capsule.id));
  return { capsuleId: capsule.id, foreignSyncs: foreign.map(({ id }) => id) };
};
