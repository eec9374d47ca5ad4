import { fleetRunSchema } from '../domain/fleet-run.ts';
import { step } from './step.ts';

const input = fleetRunSchema.pick({ image: true, wave: true });

/** A candidate that no proxy could be rebuilt from is not tried again: the next run bakes a new one. */
export const rejectImage = step(input, async (ports, { image: { id }, wave }) => {
  const isProven = wave.results.some(({ failure }) => failure === null);
  const image = isProven ? null : await ports.images.read(id);
  if (image?.state !== 'candidate') return { rejected: null };
  await ports.images.setState(image, 'rejected');
  return { rejected: id };
});
