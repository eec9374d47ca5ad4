import type { LifecycleState } from '../../functions/ports/group.ts';
import { AwsError } from './aws-error.ts';
import type { OpenHook } from './launch-hook.ts';
import type { Template } from './launches.ts';
import type { ScalingActivity } from './scaling-activities.ts';

/** An instance as its Auto Scaling group sees it. */
export interface Member {
  readonly id: string;
  readonly template: Template;
  readonly zone: string;
  readonly joinedAt: number;
  state: LifecycleState;
  healthy: boolean;
  isProtected: boolean;
  hook: OpenHook | null;
  /** When it was let in from its launch hook; `null` before, and for one that has served since before the run. */
  admittedAt: number | null;
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

/** Auto Scaling has found it ill, and will replace it. */
export const isDoomed = ({ state, healthy }: Member): boolean => state === 'InService' && !healthy;

export const countIn = (members: readonly Member[], zone: string): number =>
  members.filter((member) => member.zone === zone).length;

/** The default termination policy: the fullest zone first, then the oldest version of the template, then the oldest. */
const firstVictim = (active: readonly Member[]): Member | undefined =>
  active
    .filter(({ isProtected }) => !isProtected)
    .toSorted(
      (one, other) =>
        countIn(active, other.zone) - countIn(active, one.zone) ||
        Number(one.template.version) - Number(other.template.version) ||
        one.joinedAt - other.joinedAt,
    )[0];

/** What scale-in takes, one after the other. */
export const victims = (active: readonly Member[], count: number): readonly Member[] => {
  const victim = count > 0 ? firstVictim(active) : undefined;
  if (victim === undefined) return [];
  const others = active.filter((member) => member !== victim);
  return [victim, ...victims(others, count - 1)];
};

export const validation = (message: string): AwsError => new AwsError('ValidationError', message);
