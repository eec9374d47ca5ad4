import type { CloudFormationEvent, ResourceOutcome } from './custom-resources.ts';

const dayMs = 86_400_000;

/** Whole seconds, because EventBridge Scheduler accepts no fractions. */
const asText = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');

/** The next time in the cycle that began at `first`. */
const nextAfter = (first: number, everyMs: number, now: number): number =>
  first + Math.max(0, Math.ceil((now - first) / everyMs)) * everyMs;

/**
 * When the cycle begins: one cycle after the first deployment. A rate schedule without a start date fires on
 * creation, and one with a start in the past is rejected. So the first time is kept as the resource's id, and
 * each change of the schedule gets the next time in its sequence: deployments do not shift the cycle.
 */
export const firstRun = (event: CloudFormationEvent, now: Date): ResourceOutcome => {
  const everyMs = Number(event.ResourceProperties['EveryDays']) * dayMs;
  const kept = Date.parse(event.PhysicalResourceId ?? '');
  const first = Number.isNaN(kept) ? now.getTime() + everyMs : kept;
  // An hour ahead, so that it is still in the future when CloudFormation creates the schedule.
  const startAt = nextAfter(first, everyMs, now.getTime() + dayMs / 24);
  return { physicalId: asText(first), data: { StartAt: asText(startAt) } };
};
