import {
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  SendCommandCommand,
  type SendCommandCommandOutput,
} from '@aws-sdk/client-ssm';
import type { SsmClient } from './clients.ts';
import { callAwsUnless, isGone } from './errors.ts';

/** How long the agent may take to fetch a command before Systems Manager calls it undeliverable. */
const deliverySeconds = 60;

const underWay: ReadonlySet<string | undefined> = new Set([
  'Pending',
  'InProgress',
  'Delayed',
  'Cancelling',
]);

/** Whether a command on an instance, by its status, has yet to end. */
export const isUnderWay = (status: string | undefined): boolean => underWay.has(status);

/** An SSM document, and the values for its parameters if it has any. */
export interface Command {
  readonly documentName: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Runs a command on an instance; `null` when Systems Manager cannot reach it, because its agent has gone offline or the
 * instance has been terminated. Errors as in `GroupPort`.
 */
export const sendCommand = (
  client: SsmClient,
  instanceId: string,
  { documentName, parameters }: Command,
): Promise<SendCommandCommandOutput | null> => {
  const input = {
    DocumentName: documentName,
    InstanceIds: [instanceId],
    TimeoutSeconds: deliverySeconds,
    Parameters: parameters && asLists(parameters),
  };
  return callAwsUnless(
    'SendCommand',
    instanceId,
    () => client.send(new SendCommandCommand(input)),
    (error) => isGone(error, 'managedNode'),
    null,
  );
};

const asLists = (parameters: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]]));

/**
 * A command's state and output on an instance; `null` while Systems Manager does not list it, which may be so for a
 * moment after it was sent.
 */
export const readInvocation = (
  client: SsmClient,
  instanceId: string,
  commandId: string | undefined,
): Promise<GetCommandInvocationCommandOutput | null> => {
  const input = { CommandId: commandId, InstanceId: instanceId };
  return callAwsUnless(
    'GetCommandInvocation',
    instanceId,
    () => client.send(new GetCommandInvocationCommand(input)),
    (error) => isGone(error, 'invocation'),
    null,
  );
};
