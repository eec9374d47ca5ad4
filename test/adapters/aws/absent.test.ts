import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../../contracts/failure.ts';
import { eachWithOneAbsent } from '../../hostile/values.ts';
import { calls, clientWith, commandsOf, validAnswers } from './valid-answers.ts';

/** What a call comes to when one command is answered otherwise. */
const outcomeOf = async (call: string, command: string, answer: () => Promise<unknown>) =>
  calls[call]?.(clientWith(command, answer).client);

/** In an answer of AWS all may be absent. A call fails without these and succeeds without others. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'groups.read': [
    'AutoScalingGroups',
    'AutoScalingGroups.0',
    'AutoScalingGroups.0.AutoScalingGroupName',
    'AutoScalingGroups.0.MinSize',
    'AutoScalingGroups.0.MaxSize',
    'AutoScalingGroups.0.DesiredCapacity',
    'AutoScalingGroups.0.LaunchTemplate',
    'AutoScalingGroups.0.LaunchTemplate.LaunchTemplateId',
    'AutoScalingGroups.0.LaunchTemplate.Version',
    'AutoScalingGroups.0.Instances.0.InstanceId',
    'AutoScalingGroups.0.Instances.0.LifecycleState',
    'AutoScalingGroups.0.SuspendedProcesses.0.ProcessName',
  ],
  'images.read': ['Images.0.ImageId', 'Images.0.Architecture', 'Images.0.CreationDate'],
  'images.referenced': ['ImageReferences.0.ImageId'],
  'images.list': ['Images.0.ImageId', 'Images.0.Architecture', 'Images.0.CreationDate'],
  'instances.read': [
    'Reservations.0.Instances.0.InstanceId',
    'Reservations.0.Instances.0.ImageId',
    'Reservations.0.Instances.0.LaunchTime',
    'Reservations.0.Instances.0.State',
    'Reservations.0.Instances.0.State.Name',
  ],
  'launchTemplates.ensureCandidate': [
    'LaunchTemplateVersions.0.VersionNumber',
    'LaunchTemplateVersion',
    'LaunchTemplateVersion.VersionNumber',
  ],
  'launchTemplates.findCandidates': ['LaunchTemplateVersions.0.VersionNumber'],
  'launchTemplates.deleteVersions': [
    'UnsuccessfullyDeletedLaunchTemplateVersions.0.ResponseError',
    'UnsuccessfullyDeletedLaunchTemplateVersions.0.ResponseError.Code',
  ],
  'balancer.targetHealth': [
    'TargetHealthDescriptions.0.TargetHealth',
    'TargetHealthDescriptions.0.TargetHealth.State',
  ],
  'dns.readAddress': [
    'ResourceRecordSets.0.ResourceRecords',
    'ResourceRecordSets.0.ResourceRecords.0',
    'ResourceRecordSets.0.ResourceRecords.0.Value',
  ],
  'dns.writeAddress': ['ChangeInfo', 'ChangeInfo.Id'],
  'boot.read': ['StandardOutputContent'],
  'fleet.read': [
    'Parameters',
    'Parameters.0',
    'Parameters.0.Name',
    'Parameters.0.Value',
    'Parameters.1',
    'Parameters.1.Value',
  ],
  'fleet.readWith': [
    'Parameters',
    'Parameters.0',
    'Parameters.0.Name',
    'Parameters.0.Value',
    'Parameters.1',
    'Parameters.1.Name',
    'Parameters.1.Value',
  ],
  'secrets.readSecret': ['Parameters', 'Parameters.2', 'Parameters.2.Name', 'Parameters.2.Value'],
  'executions.inputOf': ['input'],
  'executions.running': ['executions.0.executionArn', 'executions.0.startDate'],
  'ledger.read': ['Item.record', 'Item.record.S'],
  'ledger.update': ['Item.record', 'Item.record.S'],
  'ledger.lockHolder': ['Item.owner', 'Item.owner.S', 'Item.takenAt', 'Item.takenAt.S'],
  'ledger.readContent': ['Item.content', 'Item.content.B'],
  'contentReports.read': ['StandardOutputContent', 'Body', 'Body.transformToByteArray'],
  'packageLists.read': ['Body.transformToString'],
};

describe.each(Object.keys(calls))('%s', (call) => {
  test('succeeds, or fails by name, whatever is absent', async () => {
    const missed: string[] = [];
    for (const command of await commandsOf(call)) {
      for (const [place, answer] of eachWithOneAbsent(validAnswers[command])) {
        const outcome = outcomeOf(call, command, async () => answer);
        if (
          await outcome.then(
            () => false,
            () => true,
          )
        ) {
          await failureOf(outcome);
          missed.push(place);
        }
      }
    }

    expect(missed).toEqual(needed[call] ?? []);
  });

  test.each([
    [null],
    ['text'],
    [Object.assign(new Error(), { name: '__proto__', Code: {}, $metadata: 5 })],
  ])('ends in a failure by name at the error %s', async (error) => {
    for (const command of await commandsOf(call)) {
      const failure = await failureOf(outcomeOf(call, command, () => Promise.reject(error)));
      expect(['AwsRefused', 'AwsUnavailable']).toContain(failure.name);
    }
  });
});

describe('what is absent passes no gate:', () => {
  const without = async (call: string, command: string, member: string) => {
    const answer = new Map(eachWithOneAbsent(validAnswers[command])).get(member);
    expect(answer).toBeDefined();
    return outcomeOf(call, command, async () => answer);
  };

  test.each<[string, string, string, string, unknown]>([
    [
      'an instance without health is not healthy',
      'groups.read',
      'DescribeAutoScalingGroups',
      'AutoScalingGroups.0.Instances.0.HealthStatus',
      expect.objectContaining({ instances: [expect.objectContaining({ healthy: false })] }),
    ],
    [
      'a target group without targets has no healthy one',
      'balancer.targetHealth',
      'DescribeTargetHealth',
      'TargetHealthDescriptions',
      [expect.objectContaining({ state: 'absent' })],
    ],
    [
      'an image without a state is not available',
      'images.read',
      'DescribeImages',
      'Images.0.State',
      expect.objectContaining({ available: false }),
    ],
    [
      'a change without a status is not everywhere yet',
      'dns.isInSync',
      'GetChange',
      'ChangeInfo.Status',
      false,
    ],
    [
      'an agent without a status is out of reach',
      'boot.read',
      'DescribeInstanceInformation',
      'InstanceInformationList.0.PingStatus',
      { status: 'unreachable' },
    ],
    [
      'an execution without a status still runs',
      'executions.isRunning',
      'DescribeExecution',
      'status',
      true,
    ],
    [
      'a content report without a status has not been given',
      'contentReports.read',
      'GetCommandInvocation',
      'Status',
      { status: 'failed', reason: expect.stringContaining('unknown') },
    ],
    [
      'a command without a status has reported nothing',
      'boot.read',
      'ListCommandInvocations',
      'CommandInvocations.0.Status',
      { status: 'running', step: null },
    ],
  ])('%s', async (_what, call, command, member, expected) => {
    expect(await without(call, command, member)).toEqual(expected);
  });
});
