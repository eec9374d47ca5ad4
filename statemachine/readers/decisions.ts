import type { rebuildFleet } from '../rebuild-fleet.ts';
import type { rebuildProxy } from '../rebuild-proxy.ts';

type Title = keyof typeof rebuildFleet.States | keyof typeof rebuildProxy.States;

/** News for someone following an execution, by the state that it enters. */
const decisions = {
  'Wait before next sync': 'the sync did not succeed; trying again',
  'Begin rollback': 'rolling back',
  'Take over abandoned lock': 'taking over the lock of a dead execution',
  'Roll back leftovers': 'rolling back what a dead execution left behind',
  'Rebuild already running': 'refused: another rebuild holds the lock',
  'Reject unproven image': 'starting no more proxies; rejecting the image if it caused the failure',
} satisfies Partial<Record<Title, string>>;

const texts: ReadonlyMap<string, string> = new Map(Object.entries(decisions));

/** The news of entering a state; `null` for most states. */
export const decisionOf = (title: string): string | null => texts.get(title) ?? null;
