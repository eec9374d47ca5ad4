import {
  type Activity,
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeScalingActivitiesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  RecordLifecycleActionHeartbeatCommand,
  ResumeProcessesCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { NamedFailure } from '../../domain/failures.ts';
import { type GroupPort, type LifecycleState, launchHookName } from '../../ports/group.ts';
import { asGroup } from './auto-scaling-answers.ts';
import type { AutoScalingClient } from './clients.ts';
import {
  callAws,
  callAwsUnless,
  isBusy,
  isClosedHook,
  isForbidden,
  isUnmanagedInstance,
  isValidationError,
  nameError,
} from './errors.ts';
import { allPages } from './pages.ts';

export const autoScalingGroups = (client: AutoScalingClient): GroupPort => {
  const read = async (groupName: string) => {
    const input = { AutoScalingGroupNames: [groupName] };
    const answer = await callAws('DescribeAutoScalingGroups', groupName, () =>
      client.send(new DescribeAutoScalingGroupsCommand(input)),
    );
    const group = answer.AutoScalingGroups?.[0];
    if (group === undefined) {
      throw new NamedFailure(
        'AwsRefused',
        `There is no Auto Scaling group ${groupName}; deploy the fleet, or correct the proxy's name`,
      );
    }
    return asGroup(group);
  };

  const stateOf = async (instanceId: string): Promise<string | undefined> => {
    const input = { InstanceIds: [instanceId] };
    const answer = await callAws('DescribeAutoScalingInstances', instanceId, () =>
      client.send(new DescribeAutoScalingInstancesCommand(input)),
    );
    return answer.AutoScalingInstances?.[0]?.LifecycleState;
  };

  /**
   * When a response is lost, the SDK repeats the request, and Auto Scaling rejects the second one although the
   * first succeeded. What counts is the state of the instance.
   */
  const move = async (
    operation: string,
    instanceId: string,
    arrived: readonly LifecycleState[],
    call: () => Promise<unknown>,
    isFine: (error: unknown) => boolean = () => false,
  ): Promise<void> => {
    try {
      await call();
    } catch (error) {
      if (isFine(error)) return;
      const isAmbiguous = isValidationError(error) || isBusy(error);
      const state = isAmbiguous ? await stateOf(instanceId) : undefined;
      if (!arrived.some((wanted) => wanted === state))
        throw nameError(operation, instanceId, error);
    }
  };

  const answerHook = async (
    groupName: string,
    instanceId: string,
    result: 'CONTINUE' | 'ABANDON',
  ): Promise<void> => {
    const input = {
      AutoScalingGroupName: groupName,
      LifecycleHookName: launchHookName,
      InstanceId: instanceId,
      LifecycleActionResult: result,
    };
    const call = () => client.send(new CompleteLifecycleActionCommand(input));
    await callAwsUnless('CompleteLifecycleAction', instanceId, call, isClosedHook, undefined);
  };

  return {
    read,
    change: async (group, { sizes, launchTemplateVersion }) => {
      const input = {
        AutoScalingGroupName: group.name,
        ...(sizes && { MinSize: sizes.min, MaxSize: sizes.max, DesiredCapacity: sizes.desired }),
        ...(launchTemplateVersion !== undefined && {
          LaunchTemplate: {
            LaunchTemplateId: group.launchTemplate.id,
            Version: launchTemplateVersion,
          },
        }),
      };
      try {
        await client.send(new UpdateAutoScalingGroupCommand(input));
      } catch (error) {
        throw nameError(whatIsAsked(error), group.name, error);
      }
    },
    failedLaunches: async (groupName, since) => {
      const isOlder = (activity: Activity) => Number(activity.StartTime) < since.getTime();
      const activities = await allPages(
        `The list of scaling activities of ${groupName}`,
        async (NextToken) => {
          const input = { AutoScalingGroupName: groupName, NextToken };
          const answer = await callAws('DescribeScalingActivities', groupName, () =>
            client.send(new DescribeScalingActivitiesCommand(input)),
          );
          return { elements: answer.Activities ?? [], next: answer.NextToken };
        },
        (page) => page.some(isOlder),
      );
      return activities
        .filter((activity) => !isOlder(activity) && isFailedLaunch(activity))
        .map(
          (activity) =>
            activity.StatusMessage ?? activity.Description ?? 'Auto Scaling gave no reason',
        );
    },
    suspend: async (groupName, processes) => {
      if (processes.length === 0) return;
      const input = { AutoScalingGroupName: groupName, ScalingProcesses: [...processes] };
      await callAws('SuspendProcesses', groupName, () =>
        client.send(new SuspendProcessesCommand(input)),
      );
    },
    resume: async (groupName, processes) => {
      // Without a list, AWS resumes every process, including those that a person has suspended.
      if (processes.length === 0) return;
      const input = { AutoScalingGroupName: groupName, ScalingProcesses: [...processes] };
      await callAws('ResumeProcesses', groupName, () =>
        client.send(new ResumeProcessesCommand(input)),
      );
    },
    protect: async (groupName, instanceId, isProtected) => {
      const input = {
        AutoScalingGroupName: groupName,
        InstanceIds: [instanceId],
        ProtectedFromScaleIn: isProtected,
      };
      await callAws('SetInstanceProtection', instanceId, () =>
        client.send(new SetInstanceProtectionCommand(input)),
      );
    },
    enterStandby: async (groupName, instanceId) => {
      const input = {
        AutoScalingGroupName: groupName,
        InstanceIds: [instanceId],
        ShouldDecrementDesiredCapacity: true,
      };
      await move('EnterStandby', instanceId, ['EnteringStandby', 'Standby'], () =>
        client.send(new EnterStandbyCommand(input)),
      );
    },
    exitStandby: async (groupName, instanceId) => {
      const input = { AutoScalingGroupName: groupName, InstanceIds: [instanceId] };
      await move('ExitStandby', instanceId, ['Pending', 'InService'], () =>
        client.send(new ExitStandbyCommand(input)),
      );
    },
    admit: (groupName, instanceId) => answerHook(groupName, instanceId, 'CONTINUE'),
    abandon: (groupName, instanceId) => answerHook(groupName, instanceId, 'ABANDON'),
    heartbeat: async (groupName, instanceId) => {
      const input = {
        AutoScalingGroupName: groupName,
        LifecycleHookName: launchHookName,
        InstanceId: instanceId,
      };
      const call = () => client.send(new RecordLifecycleActionHeartbeatCommand(input));
      await callAwsUnless(
        'RecordLifecycleActionHeartbeat',
        instanceId,
        call,
        isClosedHook,
        undefined,
      );
    },
    terminate: async (instanceId, { decrement }) => {
      const input = { InstanceId: instanceId, ShouldDecrementDesiredCapacity: decrement };
      await move(
        'TerminateInstanceInAutoScalingGroup',
        instanceId,
        leaving,
        () => client.send(new TerminateInstanceInAutoScalingGroupCommand(input)),
        isUnmanagedInstance,
      );
    },
  };
};

/** Auto Scaling does not say which action it was denied when it tried the launch template out. */
const whatIsAsked = (error: unknown): string =>
  isForbidden(error) && deniedTemplateSentence.test(error instanceof Error ? error.message : '')
    ? 'UpdateAutoScalingGroup, which needs ec2:RunInstances, ec2:CreateTags, iam:PassRole and ssm:GetParameters,'
    : 'UpdateAutoScalingGroup';

const deniedTemplateSentence = /not authorized to use launch template/i;

const leaving: readonly LifecycleState[] = [
  'Terminating',
  'Terminating:Wait',
  'Terminating:Proceed',
  'Terminated',
];

/** EC2 has ended the instance after the call, as for a key that it may not use: not `Failed`, but given up as well. */
const isEndedByEc2 = ({ StatusCode, StatusMessage = '', Description = '' }: Activity): boolean =>
  StatusCode === 'Cancelled' && `${StatusMessage} ${Description}`.includes('Termination Reason');

/** Auto Scaling has no field for the kind of an activity; its description starts with the kind. */
const isFailedLaunch = (activity: Activity): boolean =>
  (activity.StatusCode === 'Failed' || isEndedByEc2(activity)) &&
  (activity.Description ?? '').startsWith('Launching a new EC2 instance');
