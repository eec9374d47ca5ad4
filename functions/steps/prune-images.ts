import { fleetRunSchema } from '../domain/fleet-run.ts';
import { removable } from '../domain/retention.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ execution: true });
const dayMs = 86_400_000;

/** What cannot be removed must not keep the rest: the first failure is thrown once everything has been tried. */
const removeAll = async (removals: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const remove of removals) await remove().catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};

/**
 * Deletes images beyond the retention, with their snapshots; checks right before that AWS reports no use of them.
 * Also deletes snapshots that an earlier run, or a person, has left without their image.
 */
export const pruneImages = fleetStep(
  {
    input,
    needs: [
      'images.leftSnapshots',
      'images.list',
      'images.referenced',
      'images.remove',
      'images.removeSnapshot',
    ],
    writes: 'pruning',
  },
  async (ports) => {
    const fleet = await ports.fleet.read();
    const images = await ports.images.list(fleet.fleet);
    const referenced = await ports.images.referenced(images.map(({ id }) => id));
    const freshAfter = new Date(ports.clock.now().getTime() - fleet.image.freshDays * dayMs);
    const old = removable(images, referenced, fleet.image.retention, freshAfter);
    const kept = images.filter((image) => !old.includes(image));
    await removeAll([
      ...old.map((image) => () => ports.images.remove(image)),
      async () => {
        const left = await ports.images.leftSnapshots(fleet.fleet, kept);
        await removeAll(left.map((id) => () => ports.images.removeSnapshot(id)));
      },
    ]);
    return { removed: old.map(({ id }) => id) };
  },
);
