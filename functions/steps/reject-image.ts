import { readFailure } from '../domain/failure-cause.ts';
import { blamesImage } from '../domain/failures.ts';
import { fleetRunSchema } from '../domain/fleet-run.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ image: true, wave: true });

/**
 * A candidate that did not come up or never became healthy, and that no proxy runs, is not tried again: the
 * next run bakes a new one. Want of capacity, a stopped execution or Katello speak against no image.
 */
export const rejectImage = fleetStep(
  { input, needs: ['images.read', 'images.setState'], writes: 'rejection' },
  async (ports, { image: { id }, wave }) => {
    const isProven = wave.results.some(({ failure }) => failure === null);
    const isBlamed = wave.results.some(
      ({ failure }) => failure !== null && blamesImage(readFailure(failure).name),
    );
    const image = isProven || !isBlamed ? null : await ports.images.read(id);
    if (image?.state !== 'candidate') return { rejected: null };
    await ports.images.setState(image, 'rejected');
    return { rejected: id };
  },
);
