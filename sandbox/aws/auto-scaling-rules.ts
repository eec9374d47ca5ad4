import type { UpdateAutoScalingGroupCommandInput } from '@aws-sdk/client-auto-scaling';
import { AwsError } from './aws-error.ts';
import { type Member, validation } from './group-member.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import type { Template } from './launches.ts';
import type { ScalingGroup } from './scaling-group.ts';

const everyProcess = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

/** What Auto Scaling refuses, in its own words. */
export const processesOf = (processes: readonly string[] | undefined): readonly string[] => {
  const unknown = processes?.find((process) => !everyProcess.some((known) => known === process));
  if (unknown !== undefined) throw validation(`${unknown} is not a valid scaling process`);
  return processes === undefined || processes.length === 0 ? everyProcess : processes;
};

export const assertVersion = (templates: LaunchTemplates, { id, version }: Template): void => {
  try {
    templates.version(id, version);
  } catch (error) {
    throw validation(
      'You must use a valid fully-formed launch template. ' +
        (error instanceof Error ? error.message : ''),
    );
  }
};

/** A min above the desired capacity raises it, a max below lowers it, unless it is given too. */
export const newSizes = (
  { sizes }: ScalingGroup,
  { MinSize, MaxSize, DesiredCapacity }: UpdateAutoScalingGroupCommandInput,
): ScalingGroup['sizes'] => {
  const min = MinSize ?? sizes.min;
  const max = MaxSize ?? sizes.max;
  if (min > max) {
    throw validation(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  }
  const desired = DesiredCapacity ?? Math.min(Math.max(sizes.desired, min), max);
  if (desired < min || desired > max) {
    throw validation(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  }
  return { min, max, desired };
};

export const memberOf = (group: ScalingGroup, id: string): Member => {
  const member = group.member(id);
  if (member !== undefined) return member;
  throw validation(`The instance ${id} is not part of Auto Scaling group ${group.settings.name}.`);
};

export const memberIn = (group: ScalingGroup, id: string, state: Member['state']): Member => {
  const member = memberOf(group, id);
  if (member.state === state) return member;
  throw validation(`The instance ${id} is not in ${state}.`);
};

export const standbyRefusal = (
  { settings, sizes }: ScalingGroup,
  wish: string,
  count: number,
): AwsError =>
  validation(
    `AutoScalingGroup ${settings.name} has min-size=${sizes.min}, max-size=${sizes.max}, and ` +
      `desired-size=${sizes.desired}. To ${wish} ${count} ${count === 1 ? 'instance' : 'instances'}, ` +
      'please update the AutoScalingGroup sizes appropriately.',
  );

export const assertTerminable = (group: ScalingGroup, member: Member, decrement: boolean): void => {
  if (member.state.startsWith('Terminating')) {
    throw new AwsError(
      'ScalingActivityInProgress',
      `The instance ${member.id} is being terminated already`,
      { name: 'ScalingActivityInProgressFault' },
    );
  }
  const { min, desired } = group.sizes;
  const isStandby = member.state === 'Standby' || member.state === 'EnteringStandby';
  if (decrement && !isStandby && desired <= min) {
    throw validation(
      `Currently, desiredSize equals minSize (${min}). Terminating instance without replacement ` +
        "will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag " +
        "to false or lower group's min size.",
    );
  }
};
