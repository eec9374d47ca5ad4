import { fleetRunSchema } from '../domain/fleet-run.ts';
import { removable } from '../domain/retention.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ execution: true });
const dayMs = 86_400_000;

/** Deletes images beyond the retention, with their snapshots; checks right before that AWS reports no use of them. */
export const pruneImages = fleetStep(
  { input, needs: ['images.list', 'images.referenced', 'images.remove'], writes: 'pruning' },
  async (ports) => {
    const fleet = await ports.fleet.read();
    const images = await ports.images.list(fleet.fleet);
    const referenced = await ports.images.referenced(images.map(({ id }) => id));
    const freshAfter = new Date(ports.clock.now().getTime() - fleet.image.freshDays * dayMs);
    const old = removable(images, referenced, fleet.image.retention, freshAfter);
    for (const image of old) await ports.images.remove(image);
    return { removed: old.map(({ id }) => id) };
  },
);
