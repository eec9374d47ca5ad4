import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Member } from './group-member.ts';
import type { Template } from './launches.ts';
import type { ScalingActivity } from './scaling-activities.ts';
import type { ScalingGroup } from './scaling-group.ts';

const asTemplate = ({ id, version }: Template) => ({ LaunchTemplateId: id, Version: version });

export const asGroup = (group: ScalingGroup): AutoScalingGroup => ({
  AutoScalingGroupName: group.settings.name,
  MinSize: group.sizes.min,
  MaxSize: group.sizes.max,
  DesiredCapacity: group.sizes.desired,
  DefaultCooldown: 300,
  AvailabilityZones: [...group.settings.zones],
  HealthCheckType: 'ELB',
  HealthCheckGracePeriod: group.settings.healthCheckGraceSeconds,
  MaxInstanceLifetime: group.settings.maxLifetimeSeconds,
  CreatedTime: new Date(0),
  LaunchTemplate: asTemplate(group.template),
  TargetGroupARNs: [...group.settings.targetGroupArns],
  SuspendedProcesses: [...group.suspended].map((ProcessName) => ({ ProcessName })),
  Instances: group.members().map(asInstance(group)),
});

export const asInstance = (group: ScalingGroup) => (member: Member) => ({
  InstanceId: member.id,
  InstanceType: group.settings.instanceType,
  AvailabilityZone: member.zone,
  LifecycleState: member.state,
  HealthStatus: member.healthy ? 'Healthy' : 'Unhealthy',
  ProtectedFromScaleIn: member.isProtected,
  LaunchTemplate: asTemplate(member.template),
});

export const asActivity =
  (groupName: string | undefined) =>
  (activity: ScalingActivity): Activity => ({
    ActivityId: activity.id,
    AutoScalingGroupName: groupName,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    EndTime: activity.endedAt === null ? undefined : new Date(activity.endedAt),
    StatusCode: activity.statusCode,
    StatusMessage: activity.statusMessage,
  });
