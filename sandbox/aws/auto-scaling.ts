import type {
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
import { asActivity, asGroup, asInstance } from './auto-scaling-answers.ts';
import {
  assertTerminable,
  assertVersion,
  memberIn,
  memberOf,
  newSizes,
  processesOf,
  standbyRefusal,
} from './auto-scaling-rules.ts';
import { validation } from './group-member.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import { pageOf } from './paging.ts';
import type { ScalingGroup } from './scaling-group.ts';
import type { Answer, Handlers } from './simulated-service.ts';

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
      const { LaunchTemplateId: id = group.template.id, Version: version } =
        input.LaunchTemplate ?? {};
      if (version !== undefined) assertVersion(templates, { id, version });
      const sizes = newSizes(group, input);
      if (version !== undefined) group.template = { id, version };
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
        group.protect(member, input.ProtectedFromScaleIn ?? false);
      }
      return {};
    },
    EnterStandbyCommand: (input: EnterStandbyCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      const members = (input.InstanceIds ?? []).map((id) => memberIn(group, id, 'InService'));
      const decrement = input.ShouldDecrementDesiredCapacity ?? false;
      const { min, desired } = group.sizes;
      if (decrement && desired - members.length < min) {
        throw standbyRefusal(group, 'place into standby', members.length);
      }
      for (const member of members) group.enterStandby(member, decrement);
      return { Activities: [] };
    },
    ExitStandbyCommand: (input: ExitStandbyCommandInput) => {
      const group = groupOf(input.AutoScalingGroupName);
      const members = (input.InstanceIds ?? []).map((id) => memberIn(group, id, 'Standby'));
      const { max, desired } = group.sizes;
      if (desired + members.length > max) {
        throw standbyRefusal(group, 'take out of standby', members.length);
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
