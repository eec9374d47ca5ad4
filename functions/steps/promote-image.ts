import { fleetRunSchema } from '../domain/fleet-run.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ image: true });

/** Publishes the image that every due proxy now runs; keeps the previous one for rollback. */
export const promoteImage = fleetStep(
  {
    input,
    needs: ['imageParameters.write', 'images.list', 'images.setState'],
    writes: 'promotion',
  },
  async (ports, run) => {
    const { fleet } = await ports.fleet.read();
    for (const image of await ports.images.list(fleet)) {
      if (image.state === 'current' && image.id !== run.image.id)
        await ports.images.setState(image, 'previous');
      if (image.id === run.image.id && image.state !== 'current')
        await ports.images.setState(image, 'current');
    }
    await ports.imageParameters.write(resourceNames.currentImageParameter(fleet), run.image.id);
    return { promoted: run.image.id };
  },
);
