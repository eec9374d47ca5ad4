import type { LifecycleState } from '../../functions/ports/group.ts';
import { AwsError } from './aws-error.ts';
import type { OpenHook } from './launch-hook.ts';
import type { Template } from './launches.ts';
import type { ScalingActivity } from './scaling-activities.ts';

/** An instance as its Auto Scaling group sees it. */
export interface Member {
  readonly id: string;
  readonly template: Template;
  readonly joinedAt: number;
  state: LifecycleState;
  healthy: boolean;
  isProtected: boolean;
  hook: OpenHook | null;
  launch: ScalingActivity | null;
}

const launching: ReadonlySet<LifecycleState> = new Set([
  'Pending',
  'Pending:Wait',
  'Pending:Proceed',
]);

/** What counts as capacity: neither Standby nor what is leaving. */
export const isActive = ({ state }: Member): boolean =>
  state === 'InService' || launching.has(state);

/** Scale-in takes the oldest that is not protected. */
export const victims = (active: readonly Member[], count: number): readonly Member[] =>
  active
    .filter(({ isProtected }) => !isProtected)
    .toSorted((one, other) => one.joinedAt - other.joinedAt)
    .slice(0, count);

export const validation = (message: string): AwsError => new AwsError('ValidationError', message);
