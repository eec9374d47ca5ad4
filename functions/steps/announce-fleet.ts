import { imageMessage, startMessage, summaryMessage } from '../domain/fleet-messages.ts';
import { fleetRunSchema } from '../domain/fleet-run.ts';
import { announceOnce } from '../operations/announce.ts';
import { step } from './step.ts';

const begun = fleetRunSchema.pick({ execution: true, plan: true });

/** Tells Slack that a fleet rebuild begins. */
export const announceStart = step(begun, async (ports, { execution, plan }) => ({
  announced: await announceOnce(ports, `start#${execution.id}`, execution.id, startMessage(plan)),
}));

const baked = begun.extend({ image: fleetRunSchema.shape.image });

/** Tells Slack which image was baked. */
export const announceImage = step(baked, async (ports, { execution, plan, image }) => ({
  announced: await announceOnce(
    ports,
    `image#${execution.id}`,
    execution.id,
    imageMessage(plan, image.id),
  ),
}));

const ended = begun.extend({
  image: fleetRunSchema.shape.image.optional(),
  wave: fleetRunSchema.shape.wave.optional(),
  failure: fleetRunSchema.shape.failure.optional(),
});

/** Tells Slack how the fleet rebuild ended. */
export const announceSummary = step(ended, async (ports, run) => {
  const { image, wave, failure } = run;
  const message = summaryMessage({
    plan: run.plan,
    ...(image && { image }),
    ...(wave && { wave }),
    ...(failure && { failure }),
  });
  return {
    announced: await announceOnce(ports, `summary#${run.execution.id}`, run.execution.id, message),
  };
});
