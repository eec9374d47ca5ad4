import type { CloudFormationEvent, ResourceOutcome } from './custom-resources.ts';

const dayMs = 86_400_000;

/** Whole seconds: EventBridge Scheduler takes no fractions. */
const asText = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');

/** The next instant of the cycle that began at `first`. */
const nextAfter = (first: number, everyMs: number, now: number): number =>
  first + Math.max(0, Math.ceil((now - first) / everyMs)) * everyMs;

/**
 * When the cycle begins: one cycle after the first deployment. A rate schedule without a start fires as soon
 * as it is created, and one whose start has passed is refused. So the first instant is kept, as the
 * resource's id, and each change of the schedule gets the next of its sequence: deployments move no cycle.
 */
export const firstRun = (event: CloudFormationEvent, now: Date): ResourceOutcome => {
  const everyMs = Number(event.ResourceProperties['EveryDays']) * dayMs;
  const kept = Date.parse(event.PhysicalResourceId ?? '');
  const first = Number.isNaN(kept) ? now.getTime() + everyMs : kept;
  // An hour ahead, so that it still lies ahead when CloudFormation comes to the schedule.
  const startAt = nextAfter(first, everyMs, now.getTime() + dayMs / 24);
  return { physicalId: asText(first), data: { StartAt: asText(startAt) } };
};
