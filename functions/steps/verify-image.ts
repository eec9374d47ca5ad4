import type { z } from 'zod';
import { NamedFailure } from '../domain/failures.ts';
import { type Fleet, featuresOf } from '../domain/fleet.ts';
import { fleetRunSchema } from '../domain/fleet-run.ts';
import { imageFit, missingFeatures } from '../domain/image-fit.ts';
import type { Image } from '../ports/images.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema
  .pick({ plan: true })
  .extend({ bake: fleetRunSchema.shape.bake.optional() });
type Input = z.infer<typeof input>;

/** Exported by the buildspec. */
const imageVariable = 'IMAGE_ID';

const imageIdOf = ({ plan, bake }: Input): string => {
  const baked = bake?.variables.find(({ Name }) => Name === imageVariable)?.Value;
  const id = plan.imageId ?? baked;
  if (id !== undefined && id !== '') return id;
  throw new NamedFailure('BakeFailed', `the build succeeded but exported no ${imageVariable}`);
};

const problemOf = (image: Image | null, fleet: Fleet): string | null => {
  if (image === null) return 'does not exist in this account and region';
  if (!image.available) return 'is not available';
  if (image.state === 'rejected') return 'was rejected because a rebuild with it failed';
  const { katelloVersion } = fleet.image;
  if (imageFit(image.katelloVersion, katelloVersion) === 'differs') {
    return `was baked for Katello ${image.katelloVersion}, but the fleet file says ${katelloVersion}`;
  }
  const missing = missingFeatures(image.features, featuresOf(fleet));
  if (missing.length > 0) return `was baked without the packages of ${missing.join(', ')}`;
  return null;
};

/** The last check of an image before an instance is launched from it. */
export const verifyImage = fleetStep(
  { input, needs: ['images.read'], writes: 'image' },
  async (ports, run) => {
    const id = imageIdOf(run);
    const fleet = await ports.fleet.read();
    const problem = problemOf(await ports.images.read(id), fleet);
    if (problem !== null) throw new NamedFailure('ImageNotUsable', `image ${id} ${problem}`);
    return { id };
  },
);
