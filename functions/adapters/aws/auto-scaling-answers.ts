import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import { NamedFailure } from '../../domain/failures.ts';
import type { Group, GroupInstance, LifecycleState } from '../../ports/group.ts';

/** A record, so that the compiler reports a state that the port has and this does not. */
const lifecycleStates: Readonly<Record<LifecycleState, true>> = {
  Pending: true,
  'Pending:Wait': true,
  'Pending:Proceed': true,
  InService: true,
  EnteringStandby: true,
  Standby: true,
  Terminating: true,
  'Terminating:Wait': true,
  'Terminating:Proceed': true,
  Terminated: true,
  Detaching: true,
  Detached: true,
};

const isLifecycleState = (state: string | undefined): state is LifecycleState =>
  state !== undefined && Object.hasOwn(lifecycleStates, state);

/** A field that AWS's model calls optional and that the fleet's groups always have. */
const required = <Value>(value: Value | undefined, field: string, group: string): Value => {
  if (value === undefined) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `Auto Scaling returned no ${field} for the group ${group}; restore it to its deployed state`,
    );
  }
  return value;
};

export const asGroup = (answer: AutoScalingGroup): Group => {
  const name = required(answer.AutoScalingGroupName, 'AutoScalingGroupName', '(unnamed)');
  const template = answer.LaunchTemplate;
  return {
    name,
    sizes: {
      min: required(answer.MinSize, 'MinSize', name),
      max: required(answer.MaxSize, 'MaxSize', name),
      desired: required(answer.DesiredCapacity, 'DesiredCapacity', name),
    },
    launchTemplate: {
      id: required(template?.LaunchTemplateId, 'LaunchTemplate.LaunchTemplateId', name),
      version: required(template?.Version, 'LaunchTemplate.Version', name),
    },
    instances: (answer.Instances ?? []).map((instance) => asInstance(instance, name)),
    suspendedProcesses: (answer.SuspendedProcesses ?? []).map((process) =>
      required(process.ProcessName, 'SuspendedProcesses.ProcessName', name),
    ),
    targetGroupArns: answer.TargetGroupARNs ?? [],
  };
};

const templateOf = ({ LaunchTemplate: template }: Instance): GroupInstance['launchTemplate'] =>
  template?.LaunchTemplateId === undefined || template.Version === undefined
    ? null
    : { id: template.LaunchTemplateId, version: template.Version };

const asInstance = (answer: Instance, group: string): GroupInstance => {
  const id = required(answer.InstanceId, 'Instances.InstanceId', group);
  if (!isLifecycleState(answer.LifecycleState)) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `${id} of the group ${group} is in the lifecycle state ${answer.LifecycleState}, which the ` +
        'controller does not know; fix the instance in the Auto Scaling console first',
    );
  }
  return {
    id,
    lifecycleState: answer.LifecycleState,
    healthy: answer.HealthStatus === 'Healthy',
    launchTemplate: templateOf(answer),
    protectedFromScaleIn: answer.ProtectedFromScaleIn ?? false,
  };
};
