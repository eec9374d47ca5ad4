import { describe, expect, test } from '@jest/globals';
import { ec2LaunchTemplates } from '../../../functions/adapters/aws/ec2-launch-templates.ts';
import { ssmBoot } from '../../../functions/adapters/aws/ssm-boot.ts';
import { ssmImageParameters } from '../../../functions/adapters/aws/ssm-image-parameters.ts';

/** Answers by the name of the command, and notes what was sent. */
const scripted = (answers: Readonly<Record<string, object>>) => {
  const sent: { readonly name: string; readonly input: object }[] = [];
  const client = {
    send: async (command: { readonly input: object }) => {
      const { name } = command.constructor;
      sent.push({ name, input: command.input });
      return answers[name] as never;
    },
  };
  const inputsOf = (name: string) =>
    sent.filter((one) => one.name === name).map((one) => one.input);
  return { client, inputsOf };
};

const candidate = { sourceVersion: '1', imageId: 'ami-1', description: 'rebuild one' };

describe('the launch template adapter', () => {
  test('adopts the version that has the description', async () => {
    const { client, inputsOf } = scripted({
      DescribeLaunchTemplateVersionsCommand: {
        LaunchTemplateVersions: [{ VersionNumber: 4, VersionDescription: 'rebuild one' }],
      },
    });

    const version = await ec2LaunchTemplates(client).ensureCandidate('lt-1', candidate);

    expect(version).toEqual({ version: '4', description: 'rebuild one' });
    expect(inputsOf('CreateLaunchTemplateVersionCommand')).toEqual([]);
  });

  test('knows of no candidate of a template that a deployment has replaced', async () => {
    const gone = Object.assign(new Error('no such template'), {
      name: 'InvalidLaunchTemplateId.NotFound',
    });
    const client = { send: () => Promise.reject(gone) };

    expect(await ec2LaunchTemplates(client).findCandidates('lt-1', 'rebuild')).toEqual([]);
    await expect(
      ec2LaunchTemplates(client).ensureCandidate('lt-1', candidate),
    ).rejects.toMatchObject({
      name: 'AwsRefused',
    });
  });

  test('makes the same call twice when the list does not show the version yet', async () => {
    const { client, inputsOf } = scripted({
      DescribeLaunchTemplateVersionsCommand: { LaunchTemplateVersions: [] },
      CreateLaunchTemplateVersionCommand: { LaunchTemplateVersion: { VersionNumber: 4 } },
    });
    const templates = ec2LaunchTemplates(client);

    await templates.ensureCandidate('lt-1', candidate);
    await templates.ensureCandidate('lt-1', candidate);
    await templates.ensureCandidate('lt-1', { ...candidate, description: 'rebuild two' });

    const tokens = inputsOf('CreateLaunchTemplateVersionCommand').map((input) =>
      Reflect.get(input, 'ClientToken'),
    );
    expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });
});

describe('the boot adapter', () => {
  const read = async (invocations: readonly object[], output = '') => {
    const { client, inputsOf } = scripted({
      DescribeInstanceInformationCommand: {
        InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'Online' }],
      },
      ListCommandInvocationsCommand: { CommandInvocations: invocations },
      GetCommandInvocationCommand: { StandardOutputContent: output },
      SendCommandCommand: {},
    });
    const report = await ssmBoot(client, { documentName: 'ours', waitSeconds: 45 }).read('i-1');
    return {
      report,
      sent: inputsOf('SendCommandCommand'),
      asked: inputsOf('GetCommandInvocationCommand'),
    };
  };
  const invocation = (CommandId: string, Status: string, hour: number, DocumentName = 'ours') => ({
    CommandId,
    Status,
    DocumentName,
    RequestedDateTime: new Date(Date.UTC(2026, 10, 2, hour)),
  });

  test.each(['Failed', 'TimedOut', 'Cancelled'])(
    'asks again after a command that %s',
    async (status) => {
      const { report, sent } = await read([invocation('c1', status, 1)]);

      expect(report).toEqual({ status: 'running', step: null });
      expect(sent).toMatchObject([
        { DocumentName: 'ours', InstanceIds: ['i-1'], Parameters: { waitSeconds: ['45'] } },
      ]);
    },
  );

  test('reads the newest command of its own document', async () => {
    const done = '{"cloudInit":"done","boot":{"status":"done","step":"logs"},"logTail":""}';

    const { report, asked } = await read(
      [
        invocation('old', 'Success', 1),
        invocation('new', 'Success', 2),
        invocation('of others', 'Failed', 3, 'AWS-RunPatchBaseline'),
      ],
      done,
    );

    expect(report).toEqual({ status: 'done', certificate: null });
    expect(asked).toMatchObject([{ CommandId: 'new' }]);
  });
});

describe('the image parameter adapter', () => {
  test('believes a value only when it is read back', async () => {
    const { client } = scripted({
      GetParameterCommand: { Parameter: { Value: 'ami-0aaaaaaaaaaaaaaaa' } },
      PutParameterCommand: {},
    });
    const parameters = ssmImageParameters(client);

    await expect(
      parameters.write('/images/current', 'ami-0bbbbbbbbbbbbbbbb'),
    ).rejects.toMatchObject({
      name: 'AwsUnavailable',
    });
    await expect(
      parameters.write('/images/current', 'ami-0aaaaaaaaaaaaaaaa'),
    ).resolves.toBeUndefined();
  });
});
