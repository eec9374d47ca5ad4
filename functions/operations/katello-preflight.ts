import { NamedFailure } from '../domain/failures.ts';
import { featureOfForeman, losesData } from '../domain/features.ts';
import type { SmartProxy } from '../domain/fleet.ts';
import { katelloNameOf } from '../domain/fleet.ts';
import { imageFit } from '../domain/image-fit.ts';
import type { Capsule } from '../ports/content.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** The image must be made for the version that Katello runs now. */
const assertVersionsMatch = async (
  ports: PortsWith<'images.read'>,
  imageId: string,
  katelloVersion: string,
): Promise<void> => {
  const image = await ports.images.read(imageId);
  if (image === null || !image.available) {
    throw new NamedFailure('ImageNotUsable', `image ${imageId} does not exist or is not available`);
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

const assertFit = (capsule: Capsule, unsyncable: readonly string[]): void => {
  const reason =
    capsule.lifecycleEnvironments.length === 0
      ? 'has no lifecycle environment, so there is nothing to sync'
      : unsyncable.length > 0
        ? `cannot sync ${unsyncable.join(', ')}: Pulpcore reports no such capability; refresh its features`
        : null;
  if (reason !== null) throw new NamedFailure('CapsuleNotFit', `${capsule.name} ${reason}`);
};

export interface Preflight {
  /** `null` for a proxy that Katello does not know yet, which is only allowed at its first launch. */
  readonly capsuleId: number | null;
  /** Ids of running sync tasks that the controller did not start. */
  readonly foreignSyncs: readonly string[];
}

export const preflightNeeds = [
  'content.findCapsule',
  'content.health',
  'content.syncStatus',
  'images.read',
] as const;

/**
 * Preflight on the Katello side: everything that must hold before a rebuild changes anything. Throws the
 * failure that names the problem.
 */
export const preflightKatello = async (
  ports: PortsFor<typeof preflightNeeds>,
  proxy: SmartProxy,
  imageId: string | null,
  isFirstLaunch: boolean,
): Promise<Preflight> => {
  const health = await ports.content.health();
  if (health.failing.length > 0) {
    throw new NamedFailure(
      'KatelloNotWell',
      `Katello's own services fail: ${health.failing.join('; ')}`,
    );
  }
  if (imageId !== null) await assertVersionsMatch(ports, imageId, health.version);
  const name = katelloNameOf(proxy);
  const capsule = await ports.content.findCapsule(name);
  if (capsule === null && isFirstLaunch) return { capsuleId: null, foreignSyncs: [] };
  if (capsule === null) {
    throw new NamedFailure(
      'CapsuleNotFound',
      `Katello has no Smart Proxy with content named ${name}; register it first`,
    );
  }
  assertFeaturesSurvive(capsule, proxy);
  const { unsyncableContentTypes, activeTasks } = await ports.content.syncStatus(capsule.id);
  assertFit(capsule, unsyncableContentTypes);
  return { capsuleId: capsule.id, foreignSyncs: activeTasks.map(({ id }) => id) };
};
