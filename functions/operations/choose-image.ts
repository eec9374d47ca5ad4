import { NamedFailure } from '../domain/failures.ts';
import { type Fleet, featuresOf } from '../domain/fleet.ts';
import type { FleetRun } from '../domain/fleet-run.ts';
import { imageFit, missingFeatures } from '../domain/image-fit.ts';
import type { Image } from '../ports/images.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

type Choice = Pick<FleetRun['plan'], 'imageId' | 'imageSource' | 'baseImage'>;

const dayMs = 86_400_000;

const readBase = async (
  ports: PortsWith<'imageParameters.read'>,
  fleet: Fleet,
): Promise<string> => {
  const { base } = fleet.image;
  if ('id' in base) return base.id;
  const imageId = await ports.imageParameters.read(base.parameter);
  if (imageId !== null) return imageId;
  throw new NamedFailure(
    'BadFleetConfiguration',
    `image.base.parameter: there is no parameter ${base.parameter}`,
  );
};

/** What a new bake would give: an image of this base, this release and these features. */
const isAsGoodAsNew = (image: Image, fleet: Fleet, baseImage: string): boolean =>
  image.sourceImage === baseImage &&
  imageFit(image.katelloVersion, fleet.image.katelloVersion) === 'fits' &&
  image.features !== null &&
  missingFeatures(image.features, featuresOf(fleet)).length === 0;

export const choiceNeeds = ['imageParameters.read', 'images.list'] as const;

/** The image that was requested, otherwise a fresh candidate made from the same base; `null` means bake one. */
export const chooseImage = async (
  ports: PortsFor<typeof choiceNeeds> & PortsWith<'clock.now'>,
  fleet: Fleet,
  given: string | null,
): Promise<Choice> => {
  const baseImage = await readBase(ports, fleet);
  if (given !== null) return { imageId: given, imageSource: 'given', baseImage };
  const oldest = ports.clock.now().getTime() - fleet.image.freshDays * dayMs;
  const fresh = (await ports.images.list(fleet.fleet))
    .filter((image) => image.available && image.createdAt.getTime() >= oldest)
    .filter((image) => image.state === 'candidate' || image.state === 'current')
    .filter((image) => isAsGoodAsNew(image, fleet, baseImage))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const [newest] = fresh;
  if (newest !== undefined) return { imageId: newest.id, imageSource: 'fresh', baseImage };
  return { imageId: null, imageSource: 'bake', baseImage };
};
