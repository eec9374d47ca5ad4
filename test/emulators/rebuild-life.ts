import {
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  ResumeProcessesCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { launchHookName } from '../../functions/ports/group.ts';
import { recordLife } from './record-life.ts';
import { templateLife } from './template-life.ts';
import { type LifeWorld, Trace } from './trace.ts';

export type Chapter = 'template' | 'group' | 'records';

/** What AWS goes through while a proxy is rebuilt, and what can be seen of it, step by step. */
export const rebuildLife = async (
  world: LifeWorld,
  chapters: readonly Chapter[],
): Promise<Readonly<Record<string, string>>> => {
  const trace = new Trace();
  const template = templateLife(world, trace);
  if (chapters.includes('template')) await template.make();
  if (chapters.includes('group')) await groupLife(world, trace);
  if (chapters.includes('template')) await template.remove();
  if (chapters.includes('records')) await recordLife(world, trace);
  return trace.lines();
};

const groupLife = async (world: LifeWorld, trace: Trace): Promise<void> => {
  const { autoScaling, groupName, templateId, incumbentId, pass } = world;
  const names = new Map([[incumbentId, 'incumbent']]);
  const later = ['replacement', 'successor', 'another'];

  const describe = async () => {
    const input = { AutoScalingGroupNames: [groupName] };
    const answer = await autoScaling.send(new DescribeAutoScalingGroupsCommand(input));
    return answer.AutoScalingGroups?.[0];
  };
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? later.shift() ?? 'one more';
    names.set(id, name);
    return name;
  };
  const look = async (): Promise<string> => {
    const group = await describe();
    const instances = (group?.Instances ?? [])
      .map(({ InstanceId = '', LifecycleState, ProtectedFromScaleIn }) => {
        const guard = ProtectedFromScaleIn === true ? ' protected' : '';
        return `${nameOf(InstanceId)} ${LifecycleState}${guard}`;
      })
      .sort();
    const processes = (group?.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName);
    const suspended = processes.length === 0 ? '' : ` without ${processes.join(', ')}`;
    return (
      `${group?.MinSize}/${group?.MaxSize}/${group?.DesiredCapacity} ` +
      `version ${group?.LaunchTemplate?.Version}${suspended}: ${instances.join(', ')}`
    );
  };
  const idOf = (name: string): string =>
    [...names].find(([, known]) => known === name)?.[0] ?? 'i-00000000000000000';
  const step = (name: string, call: () => Promise<unknown>): Promise<void> =>
    trace.note(
      name,
      async () => {
        await call();
      },
      async () => {
        await pass(600);
        return look();
      },
    );

  const resize = (desired: number, version: string) =>
    autoScaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: groupName,
        MinSize: 1,
        MaxSize: 2,
        DesiredCapacity: desired,
        LaunchTemplate: { LaunchTemplateId: templateId, Version: version },
      }),
    );
  const admit = (name: string) =>
    autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: groupName,
        LifecycleHookName: launchHookName,
        LifecycleActionResult: 'CONTINUE',
        InstanceId: idOf(name),
      }),
    );
  const members = (name: string) => ({
    AutoScalingGroupName: groupName,
    InstanceIds: [idOf(name)],
  });
  const enter = (name: string) =>
    autoScaling.send(
      new EnterStandbyCommand({ ...members(name), ShouldDecrementDesiredCapacity: true }),
    );
  const protect = (name: string, ProtectedFromScaleIn: boolean) =>
    autoScaling.send(new SetInstanceProtectionCommand({ ...members(name), ProtectedFromScaleIn }));
  const terminate = (name: string, ShouldDecrementDesiredCapacity: boolean) =>
    autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: idOf(name),
        ShouldDecrementDesiredCapacity,
      }),
    );
  const processes = { AutoScalingGroupName: groupName, ScalingProcesses: ['AZRebalance'] };

  await step('look at the group', async () => undefined);
  await step('suspend AZRebalance', () => autoScaling.send(new SuspendProcessesCommand(processes)));
  await step('launch the replacement from version 2', () => resize(2, '2'));
  await trace.note('read the version of the replacement', async () => {
    const members = (await describe())?.Instances ?? [];
    const replacement = members.find(({ InstanceId }) => InstanceId === idOf('replacement'));
    return `version ${replacement?.LaunchTemplate?.Version}`;
  });
  await step('point the group back at version 1', () => resize(2, '1'));
  await step('complete the hook of the replacement', () => admit('replacement'));
  await step('complete the hook again', () => admit('replacement'));
  await step('protect the replacement', () => protect('replacement', true));
  await step('put the incumbent into Standby', () => enter('incumbent'));
  await step('bring the incumbent back', () =>
    autoScaling.send(new ExitStandbyCommand(members('incumbent'))),
  );
  await step('put the incumbent into Standby for good', () => enter('incumbent'));
  await step('retire the incumbent', () => terminate('incumbent', false));
  await step('retire the incumbent again', () => terminate('incumbent', false));
  await step('lift the protection', () => protect('replacement', false));
  await step('terminate the replacement, none fewer', () => terminate('replacement', false));
  await step('complete the hook of the successor', () => admit('successor'));
  await step('launch one more', () => resize(2, '1'));
  await step('complete its hook', () => admit('another'));
  await step('terminate it, one fewer', () => terminate('another', true));
  await step('settle the sizes', () => resize(1, '1'));
  await step('resume AZRebalance', () => autoScaling.send(new ResumeProcessesCommand(processes)));
};
