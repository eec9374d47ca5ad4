import { imageMessage, startMessage, summaryMessage } from '../domain/fleet-messages.ts';
import { fleetRunSchema } from '../domain/fleet-run.ts';
import type { Message } from '../domain/message.ts';
import { packageChanges } from '../domain/package-changes.ts';
import { packageFacts } from '../domain/package-facts.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { announcementNeeds, announceOnce } from '../operations/announce.ts';
import type { PortsFor } from '../ports/port-methods.ts';
import { fleetStep } from './step.ts';

const begun = fleetRunSchema.pick({ execution: true, plan: true });

/** Posts to Slack that a fleet rebuild starts. */
export const announceStart = fleetStep(
  { input: begun, needs: announcementNeeds, writes: 'announcement' },
  async (ports, { execution, plan }) => ({
    announced: await announceOnce(ports, `start#${execution.id}`, execution.id, startMessage(plan)),
  }),
);

const baked = begun.extend({ image: fleetRunSchema.shape.image });

const changeNeeds = ['imageParameters.read', 'packageLists.read'] as const;

/** Package changes against the published image, when the lists of both images exist. */
const changesSince = async (
  ports: PortsFor<typeof changeNeeds>,
  fleet: string,
  imageId: string,
): Promise<Message['facts']> => {
  const published = await ports.imageParameters.read(resourceNames.currentImageParameter(fleet));
  const before = published === null ? null : await ports.packageLists.read(published);
  const after = await ports.packageLists.read(imageId);
  return before === null || after === null ? [] : packageFacts(packageChanges(before, after));
};

/** Posts to Slack which image was baked, and what changed since the last one. */
export const announceImage = fleetStep(
  { input: baked, needs: [...announcementNeeds, ...changeNeeds], writes: 'announcement' },
  async (ports, { execution, plan, image }) => {
    const changes = await changesSince(ports, plan.fleet, image.id);
    const message = imageMessage(plan, image.id, changes);
    return { announced: await announceOnce(ports, `image#${execution.id}`, execution.id, message) };
  },
);

const ended = begun.extend({
  image: fleetRunSchema.shape.image.optional(),
  wave: fleetRunSchema.shape.wave.optional(),
  failure: fleetRunSchema.shape.failure.optional(),
  pruningFailure: fleetRunSchema.shape.failure.optional(),
  rejectionFailure: fleetRunSchema.shape.failure.optional(),
  announcementFailure: fleetRunSchema.shape.failure.optional(),
});

/** Posts to Slack how the fleet rebuild ended. */
export const announceSummary = fleetStep(
  { input: ended, needs: announcementNeeds, writes: 'announcement' },
  async (ports, run) => {
    const { execution, ...ended } = run;
    const message = summaryMessage(ended);
    return {
      announced: await announceOnce(ports, `summary#${execution.id}`, execution.id, message),
    };
  },
);
