import type {
  Activity,
  AutoScalingGroup,
  CompleteLifecycleActionCommandInput,
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingGroupsCommandOutput,
  DescribeAutoScalingInstancesCommandInput,
  DescribeAutoScalingInstancesCommandOutput,
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
  EnterStandbyCommandInput,
  ExitStandbyCommandInput,
  RecordLifecycleActionHeartbeatCommandInput,
  ResumeProcessesCommandInput,
  SetInstanceProtectionCommandInput,
  SuspendProcessesCommandInput,
  TerminateInstanceInAutoScalingGroupCommandInput,
  TerminateInstanceInAutoScalingGroupCommandOutput,
  UpdateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from './aws-error.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import { pageOf } from './paging.ts';
import type { ScalingActivity } from './scaling-activities.ts';
import { type Member, type ScalingGroup, validation } from './scaling-group.ts';
import type { Answer, Handlers } from './simulated-service.ts';

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

const activitiesPerPage = 20;

export type ScalingGroups = ReadonlyMap<string, ScalingGroup>;

/** The commands of Auto Scaling. */
export const autoScaling = (groups: ScalingGroups, templates: LaunchTemplates): Handlers => {
  const groupOf = (name: string | undefined): ScalingGroup => {
    const group = groups.get(name ?? '');
    if (group === undefined) throw validation(`AutoScalingGroup name not found - ${name}`);
    return group;
  };

  return {
    DescribeAutoScalingGroupsCommand: ({
      AutoScalingGroupNames,
      NextToken,
      MaxRecords = 50,
    }: DescribeAutoScalingGroupsCommandInput): Answer<DescribeAutoScalingGroupsCommandOutput> => {
      const found = [...groups.values()].filter(
        ({ settings }) => AutoScalingGroupNames?.includes(settings.name) ?? true,
      );
      const { page, next } = pageOf(found, NextToken, MaxRecords);
      return { AutoScalingGroups: page.map(asGroup), NextToken: next };
    },
    DescribeAutoScalingInstancesCommand: ({
      InstanceIds,
    }: DescribeAutoScalingInstancesCommandInput): Answer<DescribeAutoScalingInstancesCommandOutput> => {
      const found = [...groups.values()].flatMap((group) =>
        (InstanceIds ?? group.members().map(({ id }) => id)).flatMap((id) => {
          const member = group.member(id);
          return member === undefined ? [] : [{ group, member }];
        }),
      );
      return {
        AutoScalingInstances: found.map(({ group, member }) => ({
          ...asInstance(group)(member),
          AutoScalingGroupName: group.settings.name,
          HealthStatus: member.healthy ? 'HEALTHY' : 'UNHEALTHY',
        })),
      };
    },
    DescribeScalingActivitiesCommand: ({
      AutoScalingGroupName,
      NextToken,
      MaxRecords = activitiesPerPage,
    }: DescribeScalingActivitiesCommandInput): Answer<DescribeScalingActivitiesCommandOutput> => {
      const activities = groupOf(AutoScalingGroupName).activities.newestFirst();
      const { page, next } = pageOf(activities, NextToken, MaxRecords);
      return { Activities: page.map(asActivity(AutoScalingGroupName)), NextToken: next };
    },
    UpdateAutoScalingGroupCommand: (input: UpdateAutoScalingGroupCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      const version = input.LaunchTemplate?.Version;
      if (version !== undefined) {
        assertVersion(templates, group, version);
      }
      const sizes = newSizes(group, input);
      if (version !== undefined) group.templateVersion = version;
      group.setSizes(sizes);
      return {};
    },
    SuspendProcessesCommand: (input: SuspendProcessesCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      for (const process of processesOf(input.ScalingProcesses)) group.suspended.add(process);
      return {};
    },
    ResumeProcessesCommand: (input: ResumeProcessesCommandInput) => {
      groupOf(input.AutoScalingGroupName).resume(processesOf(input.ScalingProcesses));
      return {};
    },
    SetInstanceProtectionCommand: (input: SetInstanceProtectionCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      for (const id of input.InstanceIds ?? []) {
        const member = memberOf(group, id);
        if (!['InService', 'EnteringStandby', 'Standby'].includes(member.state)) {
          throw validation(`The instance ${id} is not in InService or EnteringStandby or Standby.`);
        }
        member.isProtected = input.ProtectedFromScaleIn ?? false;
      }
      return {};
    },
    EnterStandbyCommand: (input: EnterStandbyCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      const members = (input.InstanceIds ?? []).map((id) => memberIn(group, id, 'InService'));
      const decrement = input.ShouldDecrementDesiredCapacity ?? false;
      const { min, desired } = group.sizes;
      if (decrement && desired - members.length < min) {
        throw validation(sizesInTheWay(group, `place into standby ${instances(members.length)}`));
      }
      for (const member of members) group.enterStandby(member, decrement);
      return { Activities: [] };
    },
    ExitStandbyCommand: (input: ExitStandbyCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      const members = (input.InstanceIds ?? []).map((id) => memberIn(group, id, 'Standby'));
      const { max, desired } = group.sizes;
      if (desired + members.length > max) {
        throw validation(sizesInTheWay(group, `take out of standby ${instances(members.length)}`));
      }
      for (const member of members) group.exitStandby(member);
      return { Activities: [] };
    },
    CompleteLifecycleActionCommand: (input: CompleteLifecycleActionCommandInput) => {
      const result = input.LifecycleActionResult === 'ABANDON' ? 'ABANDON' : 'CONTINUE';
      groupOf(input.AutoScalingGroupName).completeHook(
        input.InstanceId ?? '',
        input.LifecycleHookName ?? '',
        result,
      );
      return {};
    },
    RecordLifecycleActionHeartbeatCommand: (input: RecordLifecycleActionHeartbeatCommandInput) => {
      groupOf(input.AutoScalingGroupName).heartbeat(
        input.InstanceId ?? '',
        input.LifecycleHookName ?? '',
      );
      return {};
    },
    TerminateInstanceInAutoScalingGroupCommand: ({
      InstanceId: id = '',
      ShouldDecrementDesiredCapacity: decrement = false,
    }: TerminateInstanceInAutoScalingGroupCommandInput): Answer<TerminateInstanceInAutoScalingGroupCommandOutput> => {
      const group = [...groups.values()].find((candidate) => candidate.member(id) !== undefined);
      const member = group?.member(id);
      if (group === undefined || member === undefined) {
        throw validation(
          `Instance Id not found - No managed instance found for instance ID: ${id}`,
        );
      }
      assertTerminable(group, member, decrement);
      const activity = group.terminate(member, decrement);
      return { Activity: asActivity(group.settings.name)(activity) };
    },
  };
};

const processesOf = (processes: readonly string[] | undefined): readonly string[] => {
  const unknown = processes?.find((process) => !everyProcess.some((known) => known === process));
  if (unknown !== undefined) throw validation(`${unknown} is not a valid scaling process`);
  return processes === undefined || processes.length === 0 ? everyProcess : processes;
};

const assertVersion = (templates: LaunchTemplates, group: ScalingGroup, version: string): void => {
  try {
    templates.version(group.settings.templateId, version);
  } catch (error) {
    throw validation(
      'You must use a valid fully-formed launch template. ' +
        (error instanceof Error ? error.message : ''),
    );
  }
};

/** A min above the desired capacity raises it, a max below lowers it, unless it is given too. */
const newSizes = (
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

const memberOf = (group: ScalingGroup, id: string): Member => {
  const member = group.member(id);
  if (member !== undefined) return member;
  throw validation(`The instance ${id} is not part of Auto Scaling group ${group.settings.name}.`);
};

const memberIn = (group: ScalingGroup, id: string, state: Member['state']): Member => {
  const member = memberOf(group, id);
  if (member.state === state) return member;
  throw validation(`The instance ${id} is not in ${state}.`);
};

const instances = (count: number): string => `${count} ${count === 1 ? 'instance' : 'instances'}`;

const sizesInTheWay = ({ settings, sizes }: ScalingGroup, wish: string): string =>
  `AutoScalingGroup ${settings.name} has min-size=${sizes.min}, max-size=${sizes.max}, and ` +
  `desired-size=${sizes.desired}. To ${wish}, please update the AutoScalingGroup sizes appropriately.`;

const assertTerminable = (group: ScalingGroup, member: Member, decrement: boolean): void => {
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

const asGroup = (group: ScalingGroup): AutoScalingGroup => ({
  AutoScalingGroupName: group.settings.name,
  MinSize: group.sizes.min,
  MaxSize: group.sizes.max,
  DesiredCapacity: group.sizes.desired,
  DefaultCooldown: 300,
  AvailabilityZones: [],
  HealthCheckType: 'ELB',
  HealthCheckGracePeriod: group.settings.healthCheckGraceSeconds,
  CreatedTime: new Date(0),
  LaunchTemplate: { LaunchTemplateId: group.settings.templateId, Version: group.templateVersion },
  TargetGroupARNs: [...group.settings.targetGroupArns],
  SuspendedProcesses: [...group.suspended].map((ProcessName) => ({ ProcessName })),
  Instances: group.members().map(asInstance(group)),
});

const asInstance = (group: ScalingGroup) => (member: Member) => ({
  InstanceId: member.id,
  InstanceType: group.settings.instanceType,
  AvailabilityZone: '',
  LifecycleState: member.state,
  HealthStatus: member.healthy ? 'Healthy' : 'Unhealthy',
  ProtectedFromScaleIn: member.isProtected,
  LaunchTemplate: {
    LaunchTemplateId: group.settings.templateId,
    Version: member.templateVersion,
  },
});

const asActivity =
  (groupName: string | undefined) =>
  (activity: ScalingActivity): Activity => ({
    ActivityId: activity.id,
    AutoScalingGroupName: groupName,
    Description: activity.description,
    Cause: 'At the time of the request, capacity and desired capacity differed.',
    StartTime: new Date(activity.startedAt),
    EndTime: activity.endedAt === null ? undefined : new Date(activity.endedAt),
    StatusCode: activity.statusCode,
    StatusMessage: activity.statusMessage,
  });
