import {
  type CommandInvocation,
  DescribeInstanceInformationCommand,
  ListCommandInvocationsCommand,
} from '@aws-sdk/client-ssm';
import type { BootPort, BootReport } from '../../ports/boot.ts';
import { asBootReport } from './boot-answer.ts';
import type { SsmClient } from './clients.ts';
import { callAws } from './errors.ts';
import { allPages } from './pages.ts';
import { isUnderWay, readInvocation, sendCommand } from './run-command.ts';

export interface BootDocument {
  readonly documentName: string;
  /** How long the command on the instance waits for cloud-init before it reports. */
  readonly waitSeconds: number;
}

export const ssmBoot = (client: SsmClient, document: BootDocument): BootPort => ({
  read: async (instanceId) => {
    if (!(await isOnline(client, instanceId))) return { status: 'unreachable' };
    const newest = await newestCommand(client, document.documentName, instanceId);
    if (newest === undefined) return ask(client, document, instanceId, null);
    if (isUnderWay(newest.Status)) return { status: 'running', step: null };
    // A command that failed or timed out does not show how the boot went.
    if (newest.Status !== 'Success') return ask(client, document, instanceId, null);
    const invocation = await readInvocation(client, instanceId, newest.CommandId);
    if (invocation === null) return ask(client, document, instanceId, null);
    const report = asBootReport(instanceId, invocation.StandardOutputContent);
    return report.status === 'running' ? ask(client, document, instanceId, report.step) : report;
  },
});

const isOnline = async (client: SsmClient, instanceId: string): Promise<boolean> => {
  const input = { Filters: [{ Key: 'InstanceIds', Values: [instanceId] }] };
  const answer = await callAws('DescribeInstanceInformation', instanceId, () =>
    client.send(new DescribeInstanceInformationCommand(input)),
  );
  const node = answer.InstanceInformationList?.find(({ InstanceId }) => InstanceId === instanceId);
  return node?.PingStatus === 'Online';
};

const newestCommand = async (
  client: SsmClient,
  documentName: string,
  instanceId: string,
): Promise<CommandInvocation | undefined> => {
  const invocations = await allPages(`The list of commands on ${instanceId}`, async (NextToken) => {
    const input = { InstanceId: instanceId, NextToken };
    const answer = await callAws('ListCommandInvocations', instanceId, () =>
      client.send(new ListCommandInvocationsCommand(input)),
    );
    return { elements: answer.CommandInvocations ?? [], next: answer.NextToken };
  });
  return invocations
    .filter((invocation) => invocation.DocumentName === documentName)
    .toSorted((one, other) => Number(other.RequestedDateTime) - Number(one.RequestedDateTime))[0];
};

const ask = async (
  client: SsmClient,
  { documentName, waitSeconds }: BootDocument,
  instanceId: string,
  step: string | null,
): Promise<BootReport> => {
  const parameters = { waitSeconds: String(waitSeconds) };
  const answer = await sendCommand(client, instanceId, { documentName, parameters });
  return answer === null ? { status: 'unreachable' } : { status: 'running', step };
};
