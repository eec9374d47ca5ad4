import type { rebuildFleet } from '../rebuild-fleet.ts';
import type { rebuildProxy } from '../rebuild-proxy.ts';

type Title = keyof typeof rebuildFleet.States | keyof typeof rebuildProxy.States;

/** What a person who watches should know when an execution enters a state. */
const decisions = {
  'Wait before next sync': 'the sync did not succeed: another attempt',
  'Begin rollback': 'rolls back',
  'Take over abandoned lock': 'takes over the lock of a dead execution',
  'Roll back leftovers': 'rolls back what a dead execution left behind',
  'Rebuild already running': 'is refused: another rebuild holds the lock',
  'Reject unproven image': 'stops; the image is rejected if the failure speaks against it',
} satisfies Partial<Record<Title, string>>;

const texts: ReadonlyMap<string, string> = new Map(Object.entries(decisions));

/** The decision that entering a state means, if it means one. */
export const decisionOf = (title: string): string | null => texts.get(title) ?? null;
