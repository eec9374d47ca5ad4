import { readFailure } from '../domain/failure-cause.ts';
import { blamesImage } from '../domain/failures.ts';
import { fleetRunSchema } from '../domain/fleet-run.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ image: true, wave: true });

/**
 * Rejects a candidate that did not boot or never became healthy, unless a proxy runs it; the next run bakes a
 * new one. Missing capacity, a stopped execution or a Katello failure do not count against the image.
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
